import type { Playbook } from "../../shared/entities/setting.ts";
import { pullAll, signInDevice } from "../processes/bare-device.ts";
import { twoSides, wavOf } from "../recordings/made-up.ts";
import { zipOf } from "../recordings/zip-of.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
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

  await page.getByRole("button", { name: "Remove “rent went up”" }).click();
  await expect(page.getByText("“rent went up” is not listened for any more.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByRole("button", { name: "Remove “rent went up”" })).toBeVisible();

  await page.getByRole("button", { name: /^Move Rent includes/u }).press("ArrowUp");
  const first = page.getByRole("textbox", { name: "Line 1" });
  await expect(first).toHaveValue("Rent includes charges and fit-out");
  await first.fill("Charges, cleaning and fit-out are in it");
  await first.press("Enter");
  await expect(page.locator("[data-preview]")).toContainText("Charges, cleaning and fit-out are in it");
  expect(await findBarriers(page)).toEqual([]);
  const scrollsBy = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(await scrollsBy(), "columns scroll, the page does not").toBe(0);

  await page.getByRole("button", { name: "Compare with 1" }).click();
  await expect(page.getByRole("dialog")).toContainText("the customer says “budget is”");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Publish 2" }).click();
  await expect(page.getByText(/^2 is live/u)).toBeVisible();

  const device = await signInDevice(stage.serverUrl, "a-desk-that-reads-playbooks");
  const settings = await pullAll(stage.serverUrl, device, "settings");
  const versions = settings.filter(({ id }) => id.startsWith("playbook:discovery:")) as unknown as Playbook[];
  const byState = Object.fromEntries(versions.map((one) => [one.state, one]));
  expect(byState).toMatchObject({
    live: { version: 2, publishedById: "demo-grace" },
    retired: { version: 1 },
  });
  expect(byState["live"]?.cards.find(({ key }) => key === "price-against-lease")?.lines).toEqual([
    "Charges, cleaning and fit-out are in it",
    "Ask what the current lease leaves out",
    "Offer the 12-month break clause",
  ]);

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

function vtt(note: string): string {
  return `WEBVTT\n\nNOTE\n${note}\n\n00:00.000 --> 00:00.900\n<v Agent>Good morning\n`;
}
