import { startFaultyProxy, type Fault } from "../processes/faulty-proxy.ts";
import { expect, test } from "./stage.ts";
import {
  expectOffline,
  expectSynced,
  fieldOf,
  hearNetwork,
  openLead,
  openSyncPanel,
  setField,
  syncItem,
  visit,
} from "./desk-page.ts";

/** What each fault is called on the screen. */
const faults: [fault: Fault, said: RegExp][] = [
  ["error-500", /The server answered with an error \(500\)\./u],
  ["html-page", /The server gave an answer that makes no sense\./u],
  ["half-a-body", /Offline since \d/u],
];

test("a server that answers 500, HTML or half a body is named, and one that wants a newer Ringside; the edits wait until it is well", async ({
  sharedStage: stage,
  browser,
}) => {
  const proxy = await startFaultyProxy(stage.serverUrl);
  const desk = await stage.openDesk({ serverUrl: proxy.url });
  const page = await visit(browser, desk);
  await expectSynced(page);
  await openLead(page, "Wei Chen", "Kestrel Analytics");

  for (const [fault, said] of faults) {
    proxy.behave(fault);
    await setField(page, "Decision", `Wei, told through ${fault}`);
    await expectOffline(page, "1 unsent");
    const panel = await openSyncPanel(page);
    await expect(panel.getByText(said)).toBeVisible();
    await expect(panel.getByText(`to Wei, told through ${fault}`)).toBeVisible();
    await expect(syncItem(page)).toContainText("1 unsent");
    await page.keyboard.press("Escape");

    proxy.behave("none");
    await hearNetwork(page);
    await expectSynced(page);
    await expect(fieldOf(page, "Decision")).toContainText(`Wei, told through ${fault}`);
  }

  await test.step("a server that wants a newer Ringside: said above the desk, and what is typed stays", async () => {
    proxy.behave("newer-server");
    await setField(page, "Decision", "Wei, before the update");
    const banner = page.getByRole("alert").filter({ hasText: "The server needs a newer Ringside." });
    await expect(banner).toContainText("You can work on; edits are kept here and sent after the update.");
    await expect(syncItem(page)).toHaveText(/^Sync stopped.*1 unsent/u);
    await page.reload();
    await expect(fieldOf(page, "Decision")).toContainText("Wei, before the update");
    await expect(banner).toBeVisible();
    await expect(syncItem(page)).toHaveText(/^Sync stopped.*1 unsent/u);
  });
  await proxy.close();
});
