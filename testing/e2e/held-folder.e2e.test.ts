import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./stage.ts";
import { expectSynced, openDesk, visit } from "./desk-page.ts";

test("a second desk on one folder says who has it and opens by itself when that one is closed", async ({
  sharedStage: stage,
  browser,
}) => {
  const { page, desk: first } = await openDesk(stage, browser);

  // As on a shared folder: the other desk is not on this machine, so it cannot be brought forward instead.
  rmSync(join(first.dataDir, "desk.json"));
  const other = await visit(browser, await stage.openDesk({ name: first.name }));
  const message = other.getByRole("alert");
  await expect(message).toContainText("Another desk has this folder open");
  await expect(message).toContainText(/process \d+/u);
  await expectSynced(page);

  await first.close();
  await expectSynced(other);
});
