import type { Locator, Page } from "@playwright/test";
import type { Playbook } from "../../shared/entities/setting.ts";
import { pullAll, signInDevice } from "../processes/bare-device.ts";
import { twoSides, wavOf } from "../recordings/made-up.ts";
import { zipOf } from "../recordings/zip-of.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole, holdChanges } from "./console-page.ts";
import { undoFromToast } from "./desk-page.ts";
import { addPastTalks } from "./past-talks.ts";
import { expect, test } from "./stage.ts";

test("an admin changes a card, tries it against past calls, and publishes it to the desks", async ({
  stage,
  page,
}) => {
  await addPastTalks(stage);
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: /^Playbooks/u }).click();
  await page.getByRole("link", { name: /^Discovery call/u }).click();
  await page.getByRole("link", { name: /^Price against current lease/u }).click();

  const trial = page.getByRole("region", { name: "Try against past calls" });
  await expect(trial.getByText("5 in 5 calls")).toHaveCount(2);
  const phrase = page.getByRole("textbox", { name: "Add a phrase" }).first();
  await phrase.fill("budget is");
  await phrase.press("Enter");
  await expect(trial.getByText("6 in 6 calls")).toBeVisible();
  await expect(trial.getByText("5 in 5 calls")).toBeVisible();
  await trial.getByRole("button", { name: /1:39$/u }).click();
  const words = trial.getByRole("region", { name: "What was said" });
  await expect(words.locator("mark")).toHaveText("budget is");
  await expect(words).toContainText("New in 2");
  await words.getByRole("button", { name: "Right" }).click();
  await expect(trial.getByText("judged right")).toBeVisible();

  await test.step("triggers of other kinds are added and set, and each change is tried", async () => {
    // It has one of phrases and one of a meaning.
    const quiet = await addTrigger(page, "Quiet", 3);
    await type(quiet, "Nobody speaks for", "2", "2 s");
    await type(quiet, "Not after", "45 s", "0:45 in the call");
    const figure = await addTrigger(page, "A figure past its limit", 4);
    await figure.getByText("Under", { exact: true }).click();
    await expect(figure.getByRole("radio", { name: "Under" })).toBeChecked();
    await type(figure, "Limit", "25", "25");
    const expression = await addTrigger(page, "A regular expression", 5);
    await type(expression, "Regular expression", "dollars? (?:a|per) desk", "dollars? (?:a|per) desk");
    const near = page.getByRole("textbox", { name: "Add what must not be near" }).first();
    await near.fill("service charge");
    await near.press("Enter");
    await expect(page.getByRole("button", { name: "Remove “service charge”" })).toBeVisible();
    expect(await findBarriers(page)).toEqual([]);
  });

  const publish = page.getByRole("button", { name: "Publish 2" });
  const rent = page.getByRole("button", { name: "Remove “rent went up”" });
  await rent.click();
  const removed = "“rent went up” is not listened for any more.";
  await expect(page.getByRole("status").getByText(removed)).toBeVisible();
  const letUndo = await holdChanges(page, "**/draft");
  await undoFromToast(page, removed);
  await expect(rent).toBeVisible();
  await expect(publish, "what takes an edit back is on its way as that was").toBeDisabled();
  letUndo();
  await expect(publish).toBeEnabled();

  await page.getByRole("button", { name: /^Move Rent includes/u }).press("ArrowUp");
  const first = page.getByRole("textbox", { name: "Line 1" });
  await expect(first).toHaveValue("Rent includes charges and fit-out");
  const release = await holdChanges(page, "**/draft");
  await first.fill("Charges, cleaning and fit-out are in it");
  await first.press("Enter");
  await expect(page.locator("[data-preview]")).toContainText("Charges, cleaning and fit-out are in it");
  // What is on its way is not published without it.
  await expect(publish).toBeDisabled();
  release();
  // While it becomes a button again its colours are on their way.
  await expect(publish).toBeEnabled();
  expect(await findBarriers(page)).toEqual([]);
  const scrollsBy = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(await scrollsBy(), "columns scroll, the page does not").toBe(0);

  await page.getByRole("button", { name: "Compare with 1" }).click();
  await expect(page.getByRole("dialog")).toContainText("the customer says “budget is”");
  await page.keyboard.press("Escape");
  await publish.click();
  await expect(page.getByText(/^2 is live/u)).toBeVisible();

  const device = await signInDevice(stage.serverUrl, "a-desk-that-reads-playbooks");
  const settings = await pullAll(stage.serverUrl, device, "settings");
  const versions = settings.filter(({ id }) => id.startsWith("playbook:discovery:")) as unknown as Playbook[];
  const byState = Object.fromEntries(versions.map((one) => [one.state, one]));
  expect(byState).toMatchObject({
    live: { version: 2, publishedById: "demo-grace" },
    retired: { version: 1 },
  });
  expect(byState["live"]?.cards.find(({ key }) => key === "price-against-lease")).toMatchObject({
    lines: [
      "Charges, cleaning and fit-out are in it",
      "Ask what the current lease leaves out",
      "Offer the 12-month break clause",
    ],
    triggers: [
      { kind: "phrases", notNear: ["service charge"] },
      { kind: "meaning" },
      { kind: "silence", overMs: 2_000, untilMs: 45_000 },
      { kind: "metric", metric: "talkShareOfSpeech", is: "under", value: 0.25, fromMs: 60_000 },
      { kind: "pattern", side: "customer", pattern: "dollars? (?:a|per) desk" },
    ],
  });

  await page.getByRole("link", { name: /^Recordings/u }).click();
  const good = wavOf(twoSides, { seconds: 3 });
  const archive = zipOf({ "in/named.wav": good, "in/named.vtt": vtt("agent: ana@northgate.example"), "in/alone.wav": good, "in/nobody.wav": wavOf(twoSides), "in/nobody.vtt": vtt("title: Second call") }); // prettier-ignore
  await page.getByLabel("ZIP archive").setInputFiles({ name: "October.zip", mimeType: "application/zip", buffer: archive }); // prettier-ignore
  await expect(page.getByText("1 of 3 recordings becomes a call")).toBeVisible();
  await page.getByRole("tab", { name: /^Refused/u }).click();
  await expect(page.getByRole("row", { name: /alone/u })).toContainText("has not all of its files");
  await page.getByRole("combobox", { name: /^Who held/u }).click();
  await page.getByRole("option", { name: "Ana Ruiz" }).click();
  await page.getByRole("button", { name: "Bring 2 recordings in" }).click();
  await page.getByRole("tab", { name: /^Came in 2/u }).click();
  await expect(page.getByRole("row", { name: /Ana Ruiz 0:02 nobody/u })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Take it out again…" }).click();
  await page.getByRole("button", { name: "Take them out" }).click();
  await expect(page.getByText("gone for good")).toBeVisible();
});

/** @returns what it is set by, as the `place`th trigger */
async function addTrigger(page: Page, kind: string, place: number): Promise<Locator> {
  await page.getByRole("button", { name: "Add a trigger" }).click();
  await page.getByRole("menuitem", { name: kind }).click();
  const trigger = page.getByRole("group", { name: `Trigger ${place}`, exact: true });
  await expect(trigger).toBeVisible();
  return trigger;
}

/** @param shown how the field says what was understood */
async function type(within: Locator, field: string, text: string, shown: string): Promise<void> {
  const box = within.getByRole("textbox", { name: field });
  await box.fill(text);
  await box.press("Enter");
  await expect(box).toHaveValue(shown);
}

function vtt(note: string): string {
  return `WEBVTT\n\nNOTE\n${note}\n\n00:00.000 --> 00:00.900\n<v Agent>Good morning\n`;
}
