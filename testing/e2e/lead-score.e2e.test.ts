import { join } from "node:path";
import { sql } from "drizzle-orm";
import { inSystem, openDatabase } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import type { Stage } from "../processes/stage.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { bringServerBack, expectOffline, expectSynced, openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("a profile says what a score is made of, and how likely somebody is to be won once that was learned from the organisation's own calls", async ({
  stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const score = page.getByRole("region", { name: "Score", exact: true });
  // Each of them may be counted anew in between.
  await expect(async () => {
    const total = await score.getByRole("heading").locator("xpath=following-sibling::span").innerText();
    const parts = await score.getByText(/^\d+ of \d+$/u).allInnerTexts();
    expect(parts.length).toBeGreaterThan(3);
    const points = parts.map((part) => Number.parseInt(part, 10));
    expect(points.reduce((sum, one) => sum + one, 0)).toBe(Number(total));
  }).toPass();
  // As the list beside it has it still.
  await expect(score).toContainText("Lists show 87, reckoned earlier.");
  await score.getByRole("button", { name: "Why" }).click();
  await expect(score).toContainText("Wins within 30 days");
  await expect(score).toContainText("the server has not learned from your outcomes yet; between");

  await learnNow(stage);
  await bringServerBack(stage, page);
  await expect(score).toContainText("Model 1, learned from", { timeout: 90_000 });
  await expect(score).not.toContainText("the server has not learned");
  const chance = Number.parseInt(await score.getByTitle(/^Between/u).innerText(), 10);
  const learned = score.getByText(/^Model 1, learned from [1-9]\d* of your calls/u);
  const [, low, high] = /between (\d+) % and (\d+) %/u.exec(await learned.innerText()) ?? [];
  expect(Number(low)).toBeLessThanOrEqual(chance);
  expect(Number(high)).toBeGreaterThanOrEqual(chance);
  expect(Number(high)).toBeGreaterThan(Number(low));
  // What speaks for it or against it, above the line about the model.
  await expect(score.getByRole("listitem").first()).not.toContainText("Model 1");

  await test.step("the console shows the model that was learned, of as many calls, and whether it still holds", async () => {
    const [, contacts = ""] = /learned from (\d+) of your calls/u.exec(await learned.innerText()) ?? [];
    const console_ = await browser.newPage();
    await enterConsole(console_, stage.serverUrl);
    await console_.getByRole("link", { name: "Evaluation" }).click();
    const section = console_.getByRole("heading", { name: "Who converts" }).locator("xpath=..");
    await expect(section).toContainText(/Version 1\s*trained Today/u);
    await expect(section).toContainText(new RegExp(`${Number(contacts).toLocaleString("en")}\\s*calls learned from`, "u")); // prettier-ignore
    await expect(section).toContainText(/(?:Too few|\d\.\d\d)\s*ranks/u);
    await expect(section).toContainText(
      /Too few calls to say whether anything has changed|Nothing has changed:|What has changed/u,
    );
    expect(await findBarriers(console_)).toEqual([]);
    await console_.close();
  });

  // All of it is reckoned on this machine.
  await expectSynced(page);
  await stage.stopServer();
  await expectOffline(page);
  await page.reload();
  await expect(score.getByTitle(/^Between/u)).toHaveText(`${chance} %`);
});

/** The demo learns who converts as soon as its server runs again; it does not afterwards. */
async function learnNow(stage: Stage): Promise<void> {
  await stage.stopServer();
  const db = await openDatabase({ kind: "embedded", dataDir: join(stage.folder, "server") });
  await inSystem(db, (tx) =>
    tx.execute(
      sql`UPDATE jobs SET due_at = now() WHERE tenant_id = ${demoTenant.id} AND kind = 'scoring.train'`,
    ),
  );
  await db.close();
}
