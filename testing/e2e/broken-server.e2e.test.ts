import { openFaultyLink, type Fault } from "./faulty-link.ts";
import { expect, test } from "./stage.ts";
import {
  expectOffline,
  expectSynced,
  fieldOf,
  openLead,
  openSyncPanel,
  setField,
  syncItem,
} from "./desk-page.ts";

/** What each fault is called on the screen. */
const faults: [fault: Fault, said: RegExp][] = [
  ["500", /The server answered with an error \(500\)\./u],
  ["html", /The server gave an answer that makes no sense\./u],
  ["half", /Offline, last synced/u],
];

test("a server that answers 500, HTML or half a body is named, and the edits wait until it is well", async ({
  stage,
  browser,
}) => {
  const link = await openFaultyLink(stage.serverUrl);
  const desk = await stage.startDesk({ serverUrl: link.url });
  const page = await (await browser.newContext()).newPage();
  await page.goto(desk.address);
  await expectSynced(page);
  await openLead(page, "Wei Chen", "Kestrel Analytics");

  for (const [fault, said] of faults) {
    link.answerWith(fault);
    await setField(page, "Decision", `Wei, told through ${fault}`);
    await expectOffline(page, "1 unsent");
    const panel = await openSyncPanel(page);
    await expect(panel.getByText(said)).toBeVisible();
    await expect(panel.getByText(`to Wei, told through ${fault}`)).toBeVisible();
    await expect(syncItem(page)).toContainText("1 unsent");
    await page.keyboard.press("Escape");

    link.answerWith(null);
    await expectSynced(page);
    await expect(fieldOf(page, "Decision")).toContainText(`Wei, told through ${fault}`);
  }
  link.close();
});
