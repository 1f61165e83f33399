import type { Locator, Page } from "@playwright/test";
import { callButton, dialAtAnyHour, expectHeard, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { expectOffline, goTo, openDesk, openLead } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));

const maria = "+13125550147";
const promised = "I will send you the floor plan tomorrow morning";
const lines = [
  { speaker: "agent", text: "Hi, it is Ana from Northgate Workspaces." },
  { speaker: "customer", text: "Honestly, that is more than we pay today for our lease." },
  { speaker: "agent", text: `Of course, ${promised}.` },
] as const;

test("the letter after a call is about that call, from wrap-up and from the call's own page, also offline", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  const { page } = await openDesk(stage, browser);
  await turnPhoneOn(page);
  const carrier = await findCarrier(stage);
  const talk = await carrier.letSay(maria, lines);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await page.keyboard.press("c");
  for (const _ of lines) await talk.next();
  const transcript = page.getByRole("region", { name: "Transcript" });
  await expect(transcript).toContainText(promised);
  await callButton(page, "End").click();
  await expect(page.getByRole("region", { name: "Report of this call" })).toContainText("floor plan");

  // In wrap-up, of the call that has just ended.
  await page.getByRole("link", { name: "Write the follow-up e-mail" }).click();
  const writer = page.getByRole("region", { name: "Write to this person" });
  await expect(writer).toContainText(/About the call today \d\d:\d\d\./u);
  await expect(writer.getByRole("combobox", { name: "Why" })).toContainText("After the call");
  // The server's own report of it may come a moment after the desk's.
  await expect(async () => {
    await writer.getByRole("button", { name: /^Write(?: anew)?$/u }).click();
    await expect(writer).toContainText("By rules: no model is set up.");
    await expect(textOf(writer)).toHaveValue(/floor plan/u, { timeout: 5_000 });
  }).toPass();
  await expect(textOf(writer)).toHaveValue(/^Hello Maria,\n\nThank you for our call today\./u);
  await finishWrapUp(page);
  // Still open, it would be about that call for a moment more once the next one's link is clicked.
  await writer.getByRole("button", { name: "Close" }).click();
  await expect(writer).toBeHidden();

  // It is suggested until a letter has left, not only been looked at.
  const suggested = page.getByRole("button", { name: "Write: Write what was agreed" });
  await suggested.click();
  await expect(writer).toBeVisible();
  await writer.getByRole("button", { name: "Close" }).click();
  await expect(writer).toBeHidden();
  await suggested.click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await writer.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("Copied the text")).toBeVisible();
  await expect(suggested).toBeHidden();
  await writer.getByRole("button", { name: "Close" }).click();
  await expect(writer).toBeHidden();

  // The next call came to nothing: what was promised in the one before was not promised in it.
  await carrier.letAnswer(maria);
  await page.keyboard.press("c");
  await expectHeard(page);
  await callButton(page, "End").click();
  await page.getByRole("link", { name: "Write the follow-up e-mail" }).click();
  await writer.getByRole("button", { name: "Write anew" }).click();
  await expect(textOf(writer)).toHaveValue(
    /^Hello Maria,\n\nThank you for our call today\.(?![^]*floor plan)/u,
  );
  await finishWrapUp(page);
  carrier.close();

  // Of an earlier call, and without a server.
  await stage.stopServer();
  await expectOffline(page);
  await goTo(page, "/calls", "Calls");
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).nth(1).dblclick();
  const drawer = page.getByRole("dialog", { name: "Maria Kowalski" });
  await drawer.getByRole("link", { name: "Write the follow-up e-mail" }).click();
  await expect(drawer).toBeHidden();
  await writer.getByRole("button", { name: "Write anew" }).click();
  await expect(writer).toContainText("The server cannot be reached.");
  await expect(textOf(writer)).toHaveValue(/floor plan/u);
});

function textOf(writer: Locator): Locator {
  return writer.getByRole("textbox", { name: "Text", exact: true });
}

async function finishWrapUp(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Not a fit" }).click();
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeHidden();
}
