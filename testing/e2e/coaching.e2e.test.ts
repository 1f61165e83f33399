import { callButton, customer, dial, dialAtAnyHour, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { findBarriers } from "./barriers.ts";
import { goTo, openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { openOverlay } from "./open-overlay.ts";
import { expect, test } from "./stage.ts";

// A word's whole way: the simulated carrier's transcription, server, stream, replica, panel and overlay.

test.use(withFakeMedia(playsAtOnce));

const lines = [
  { speaker: "agent", text: "Hi, it is Ana from Northgate Workspaces." },
  { speaker: "customer", text: "Honestly, that is more than we pay today for our lease." },
  { speaker: "agent", text: "Of course, I will send you the floor plan tomorrow morning." },
] as const;

test("a call drives overlay and panel: talk share moves, an item ticks itself, a card is judged; after it the report is there, and an action becomes a task", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  const { page: ana } = await openDesk(stage, browser);
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  const talk = await carrier.letSay(customer, lines);

  await dial(ana, customer);
  const overlay = await openOverlay(ana);
  await expect(overlay.getByText("Listening…")).toBeVisible();
  await talk.next();
  await expect(overlay.getByRole("img", { name: "You said 100 % of what was said" })).toBeVisible();
  await expect(overlay.getByRole("checkbox", { name: "Name and company" })).toBeChecked();

  await talk.next();
  const card = overlay.getByRole("region", { name: "Price against current lease" });
  await expect(card).toContainText("more than we pay");
  expect.soft(await findBarriers(overlay), "the overlay with a card").toEqual([]);
  await card.getByRole("button", { name: "Useful", exact: true }).click();
  await expect(card.getByRole("button", { name: "Useful", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await talk.next();
  await expect(overlay.getByRole("img", { name: /You said [4-6]\d % of what was said/u })).toBeVisible();

  expect.soft(await findBarriers(ana), "a coached call in the panel").toEqual([]);
  // The panel has the rest, and leaves the card to the overlay.
  await expect(ana.getByRole("region", { name: "Talk share" })).toContainText(/You [4-6]\d%/u);
  await expect(ana.getByRole("region", { name: "Price against current lease" })).toBeHidden();
  const transcript = ana.getByRole("region", { name: "Transcript" });
  await expect(transcript).toContainText("I will send you the floor plan tomorrow morning.");

  const left = overlay.waitForEvent("close");
  await callButton(ana, "End").click();
  await left;
  const report = ana.getByRole("region", { name: "Report of this call" });
  await expect(report).toBeVisible();
  expect.soft(await findBarriers(ana), "a report in the wrap-up").toEqual([]);
  await report.getByRole("button", { name: /^Make a task: .*floor plan/u }).click();
  await expect(report.getByText("Task", { exact: true })).toBeVisible();
  carrier.close();
  await goTo(ana, "/tasks", "Tasks");
  await expect(ana.getByText(/floor plan/u).first()).toBeVisible();
});
