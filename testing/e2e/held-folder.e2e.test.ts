import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./stage.ts";
import { expectSynced } from "./desk-page.ts";

test("a second desk on one folder says who has it and opens by itself when that one is closed", async ({
  stage,
  browser,
}) => {
  const first = await stage.startDesk();
  const page = await (await browser.newContext()).newPage();
  await page.goto(first.address);
  await expectSynced(page);

  // As on a shared folder: the other desk is not on this machine, so it cannot be brought forward instead.
  rmSync(join(first.dataDir, "desk.json"));
  const second = await stage.startDesk({ dataDir: first.dataDir });
  const other = await (await browser.newContext()).newPage();
  await other.goto(second.address);
  const message = other.getByRole("alert");
  await expect(message).toContainText("Another desk has this folder open");
  await expect(message).toContainText(/process \d+/u);
  await expectSynced(page);

  await first.stop();
  await expectSynced(other);
});
