import type { Locator, Page } from "@playwright/test";
import { startFaultyProxy } from "../processes/faulty-proxy.ts";
import type { Stage } from "../processes/stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { callButton, customer, dial, dialAtAnyHour, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { findBarriers } from "./barriers.ts";
import { expectOffline, expectSynced, hearNetwork, openDesk, visit } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";

// What a call came to, found by rules: at once on the desk that has no server, and the same on a plane.

test.use(withFakeMedia(playsAtOnce));

/** One objection is answered, the other is not; four of the playbook's six items are said. */
const lines = [
  { speaker: "agent", text: "Hi, it is Ana from Northgate Workspaces. How many people are you, and what do you pay today?" }, // prettier-ignore
  { speaker: "customer", text: "We are eighteen people, and honestly your price is more than we pay today." },
  { speaker: "agent", text: "Rent, charges and the fit-out are all in it. Who decides this with you?" },
  { speaker: "customer", text: "My sister does, she signs for all of us." },
  { speaker: "customer", text: "But a notice period of a whole year is what worries us." },
  { speaker: "agent", text: "I will send you the plan tomorrow." },
] as const;

/** By the checklist, of which two thirds are done, by one item that is and one that is not: 40 + 20 + 0 of 100. */
const criteria = [
  { key: "checklist", label: "Did what the playbook asks", weight: 60, by: { kind: "checklist" } },
  { key: "money", label: "Spoke of money", weight: 20, by: { kind: "item", item: "budget" } },
  { key: "next", label: "Agreed what is next", weight: 20, by: { kind: "item", item: "next-step" } },
  { key: "answered", label: "Answered what was asked", weight: 100, by: { kind: "person" } },
];

test("a call that ends while the server is away is reported on at once by the desk; the server finds the same, and a manager reads it with the network off", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  await (await signInAdmin(stage)).ask("PATCH", "/scorecards/scorecard:call-quality", { criteria });
  const way = await startFaultyProxy(stage.serverUrl);
  const ana = await visit(browser, await stage.openDesk({ serverUrl: way.url }));
  await expectSynced(ana);
  const { page: max } = await openDesk(stage, browser, "Max Albrecht");
  await talk(stage, ana);

  way.behave("cut-connections");
  await expectOffline(ana);
  await callButton(ana, "End").click();
  const wrapUp = ana.getByRole("region", { name: "Report of this call" });
  const found = await expectReport(wrapUp, "Found by rules on this device, from the transcript.");
  expect.soft(await findBarriers(ana), "a report without a server").toEqual([]);

  way.behave("none");
  await hearNetwork(ana);
  await expectSynced(ana);
  for (const page of [ana, max])
    expect(await expectReport(await openReport(page), "Found by rules in the transcript.")).toEqual(found);
  await expectSynced(max);
  await stage.stopServer();
  await expectOffline(max);
  expect(await expectReport(await openReport(max), "Found by rules in the transcript.")).toEqual(found);
  await way.close();
});

async function talk(stage: Stage, page: Page): Promise<void> {
  await turnPhoneOn(page);
  const carrier = await findCarrier(stage);
  // Of a call of less than three quarters of a minute nobody is told what to work on.
  const told = await carrier.letSay(customer, lines, 10_000);
  await dial(page, customer);
  const transcript = page.getByRole("region", { name: "Transcript" });
  for (const { text } of lines) {
    await told.next();
    // What is still a guess when the server goes is in no report.
    await expect(transcript.locator("[data-final=true]").filter({ hasText: text })).toBeVisible();
  }
  carrier.close();
}

/** Of the newest call with that number, in the list of calls. */
async function openReport(page: Page): Promise<Locator> {
  await page.goto(new URL("/calls", page.url()).href);
  await page.getByRole("row").filter({ hasText: "914-555-0123" }).first().dblclick();
  return page.getByRole("dialog").getByRole("region", { name: "Report of this call" });
}

/** @returns what stands in the parts that say what was found, which is the same wherever it was found */
async function expectReport(report: Locator, foundBy: string): Promise<string[]> {
  const part = (title: string) =>
    report.getByRole("heading", { name: title, exact: true }).locator("xpath=..");
  await expect(report).toContainText(foundBy);
  await expect(report).toContainText("60 of 100");
  await expect(part("Scorecard").getByRole("listitem")).toHaveText([
    "Did what the playbook asks67 %",
    "Spoke of money100 %",
    "Agreed what is next0 %",
    "Answered what was askednot scored",
  ]);
  await expect(part("Objections")).toHaveText(
    /^Objections\d:\d\dPrice against current lease: “We are eighteen people, .*”answered\d:\d\dLock-in worries: “But a notice period of a whole year is what worries us”left open$/u,
  );
  await expect(part("Went well")).toContainText("You covered 4 of the 6 points of the playbook.");
  const [, raisedAt = ""] = /(\d:\d\d)Lock-in/u.exec((await part("Objections").textContent()) ?? "") ?? [];
  await expect(part("To work on")).toContainText(
    `${raisedAt}No answer was heard to “Lock-in worries”.A break clause can come after 18 months.`,
  );
  await expect(part("To work on")).toContainText(
    "You left out “Reason for moving” and “Next step agreed”.Say it in so many words: “What makes you look for something else?”",
  );
  await expect(part("To do")).toContainText(/\d:\d\dSend the customer the plan tomorrow\.tomorrow/u);
  await expect(part("Follow up").getByRole("paragraph")).toHaveText("Send the customer the plan tomorrow.");
  return Promise.all(
    [part("Objections"), part("Follow up"), part("Scorecard")].map((one) => one.innerText()),
  );
}
