import { existsSync } from "node:fs";
import type { Page } from "@playwright/test";
import { whenAgentSays, whenCustomerSays } from "../../shared/coaching/shipped/triggers.ts";
import type { Stage } from "../processes/stage.ts";
import {
  callButton,
  customer,
  dial,
  dialAtAnyHour,
  expectHeard,
  findCarrier,
  turnPhoneOn,
} from "./at-the-phone.ts";
import { expectOffline, expectSynced, goTo, openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { keepFilms, picture, picturesForDocs } from "./film.ts";
import { openOverlay } from "./open-overlay.ts";
import { publishPlaybook } from "./publish-playbook.ts";
import { expect, test } from "./stage.ts";

// Two people on the telephone, as they were recorded (Harper Valley, CC BY 4.0), from the line to the manager's desk.

const recordings = "../shared/data/harper-valley";
const recording = "harper-valley-3a20358e1bfc4a17";

test.use(withFakeMedia(playsAtOnce));
test.skip(!existsSync(recordings), `there are no recordings in ${recordings}`);

test("a recorded conversation drives the overlay; its report, task and figures are on the manager's desk with the network off", async ({
  stage,
  browser,
}, info) => {
  await dialAtAnyHour(stage, "US");
  await publishBank(stage);
  const { page: ana } = await openDesk(stage, browser);
  const max = (await openDesk(stage, browser, "Max Albrecht")).page;
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  await carrier.letPlay(customer, recording);

  await dial(ana, customer);
  // People who talk wait for nobody: on a laden machine the card may be up before its overlay is.
  await expectHeard(ana);
  const overlay = await openOnTop(ana);
  const checklist = ana.getByRole("region", { name: "Checklist" });
  await expect(checklist.getByRole("checkbox", { name: "Name and bank" })).toBeChecked();
  const card = overlay.getByRole("region", { name: "A card is lost" });
  await expect(card).toContainText("lost my credit card");
  await expect(overlay.getByText("1 of 2")).toBeVisible();
  await expect(overlay.getByRole("img", { name: /You said \d\d % of what was said/u })).toBeVisible();
  await picture(info, overlay, "overlay-card");
  await picturesForDocs(overlay, "overlay-card", overlay.locator("main > div"));
  await picture(info, ana, "desk-in-call");
  await card.getByRole("button", { name: "Useful", exact: true }).click();

  // What was said of the card is understood for good by the time at which it is answered.
  await expect(ana.getByRole("region", { name: "Transcript" })).toContainText("i sure can");
  await callButton(ana, "End").click();
  const report = ana.getByRole("region", { name: "Report of this call" });
  await expect(report).toContainText("i lost my credit card can you send me a new one");
  await ana.getByRole("radio", { name: "Call back" }).click();
  await ana.getByRole("textbox", { name: "Follow-up task" }).fill("Ask whether the new card has come");
  await picture(info, ana, "desk-wrap-up");
  await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  carrier.close();

  await goTo(max, "/insights", "Insights");
  await expect(
    max.getByRole("region", { name: "Agents compared" }).getByRole("row", { name: /Ana Ruiz/u }),
  ).toBeVisible();
  await goTo(max, "/tasks?show=someday&of=team", "Tasks");
  await expect(max.getByText("Ask whether the new card has come")).toBeVisible();
  await expectSynced(max);
  await stage.stopServer();
  await expectOffline(max);

  await goTo(max, "/insights", "Insights");
  await expect(max.getByRole("main")).toContainText("Working from this device");
  const agents = max.getByRole("region", { name: "Agents compared" });
  await expect(agents.getByRole("row", { name: /Ana Ruiz/u })).toContainText(/\d+%/u);
  await expect(max.getByRole("row", { name: /^Name and bank/u })).toContainText("100%");
  await picture(info, max, "insights-offline");
  await picturesForDocs(max, "insights-offline");
  await max.getByRole("tab", { name: "Cards" }).click();
  await expect(max.getByRole("region", { name: "Cards" })).toContainText("A card is lost");
  await max.getByRole("tab", { name: "What was said" }).click();
  await max.getByLabel("Search what was said").fill("credit card");
  await expect(
    max.getByRole("region", { name: "What was said" }).getByRole("listitem").first(),
  ).toContainText("credit card");
  await goTo(max, "/calls", "Calls");
  await max.getByRole("row").filter({ hasText: "914-555-0123" }).first().dblclick();
  const theirs = max.getByRole("region", { name: "Report of this call" });
  await expect(theirs).toContainText("i lost my credit card can you send me a new one");
  await expect(theirs).toContainText("Found by rules in the transcript.");
  await goTo(max, "/tasks?show=someday&of=team", "Tasks");
  await expect(max.getByText("Ask whether the new card has come")).toBeVisible();
  await keepFilms({ overlay, agent: ana, manager: max });
});

/** For calls out: what a bank's clerk says, and what to say of a lost card. */
async function publishBank(stage: Stage): Promise<void> {
  const item = { key: "opening", label: "Name and bank", hint: "", triggers: [whenAgentSays(["harper valley"])] }; // prettier-ignore
  const rest = { key: "close", label: "Anything else", hint: "", triggers: [whenAgentSays(["nobody says this"])] }; // prettier-ignore
  const card = {
    ...{ key: "lost", title: "A card is lost", everyMs: 60_000, staysMs: 120_000 },
    lines: ["Block it before anything else", "Ask when it was used last"],
    triggers: [whenCustomerSays(["lost my credit card"])],
  };
  await publishPlaybook(stage, { key: "bank", label: "Bank" }, [
    { do: "settings", change: { appliesTo: { directions: ["outbound"] } } },
    { do: "add-item", item, at: null },
    { do: "add-item", item: rest, at: null },
    { do: "add-card", card, at: null },
  ]);
}

/** Above all other windows: this browser can. */
async function openOnTop(page: Page): Promise<Page> {
  const overlay = await openOverlay(page);
  const isOnTop = () =>
    page.evaluate(
      () => "documentPictureInPicture" in window && Object(window.documentPictureInPicture).window !== null,
    );
  await expect.poll(isOnTop).toBe(true);
  return overlay;
}
