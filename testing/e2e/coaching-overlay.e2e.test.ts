import type { Page } from "@playwright/test";
import {
  whenCustomerSays,
  whenMetric,
  whenPattern,
  whenQuiet,
} from "../../shared/coaching/shipped/triggers.ts";
import type { PlaybookEdit } from "../../sync-server/admin/playbooks/wire.ts";
import { callButton, customer, dial, dialAtAnyHour, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { findBarriers } from "./barriers.ts";
import { expectOffline, expectSynced, openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { openOverlay } from "./open-overlay.ts";
import { publishPlaybook } from "./publish-playbook.ts";
import { expect, test } from "./stage.ts";

// How the overlay behaves while somebody talks: it leaves the keyboard alone, it can be sent away, it reads from the right
// what is written so, and it is told what was seen and what helped.

test.use(withFakeMedia(playsAtOnce));

const lines = [
  { speaker: "agent", text: "Hi, it is Ana from Northgate Workspaces." },
  { speaker: "customer", text: "Honestly, that is more than we pay today for our lease." },
  { speaker: "customer", text: "And we have another offer from your neighbours." },
  { speaker: "customer", text: "They do not ask for a notice period either." },
  { speaker: "customer", text: "We have no internet bill to compare it with, I am sorry about that." },
  { speaker: "customer", text: "Would fifteen percent off be possible if we took two floors at once?" },
  { speaker: "customer", text: "And is there fast internet in all of the meeting rooms up there?" },
  { speaker: "customer", text: "هل يشمل الإيجار كل شيء؟" },
] as const;

/** Words and a card of a language that is read from the right. */
const rent = { title: "السعر مقابل الإيجار", line: "اسأل ماذا لا يشمل الإيجار" };

/** Of each kind that no phrase alone is; what a card was kept back for once does not bring it up in two hours. */
const otherTriggers: PlaybookEdit[] = [
  ...[
    { key: "pause", label: "Leave a pause", triggers: [whenQuiet(2_000)] },
    { key: "listen", label: "Let them talk", triggers: [whenMetric("talkShareOfSpeech", "under", 0.5, 0)] },
    {
      key: "early",
      label: "Discount at once",
      triggers: [whenCustomerSays(["percent off"], { untilMs: 1 })],
    },
    { key: "later", label: "Discount later", triggers: [whenCustomerSays(["percent off"], { fromMs: 1_000 })] }, // prettier-ignore
  ].map((item) => ({ do: "add-item" as const, item: { ...item, hint: "" }, at: null })),
  ...[
    { key: "discount", title: "Wants a discount", triggers: [whenPattern("customer", String.raw`\b\w+ per ?cent off\b`)] }, // prettier-ignore
    { key: "internet", title: "Asks about internet", triggers: [whenCustomerSays(["internet"], { notNear: ["internet bill"] })] }, // prettier-ignore
    { key: "rent", title: rent.title, lines: [rent.line], triggers: [whenCustomerSays(["الإيجار"])] },
  ].map((card) => ({ do: "add-card" as const, card: { lines: ["Say what is in it"], ...card, everyMs: 7_200_000, staysMs: 120_000 }, at: null })), // prettier-ignore
  // None leaves by itself before a laden machine has looked.
  ...["price-against-lease", "lock-in"].map((key) => ({
    do: "change-card" as const,
    key,
    change: { staysMs: 120_000 },
  })),
];

test("a card takes no key from whoever types on the desk, hints can be snoozed and come back, and the manager sees which one helped", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  await publishPlaybook(stage, { key: "discovery", label: "Discovery call" }, otherTriggers);
  const { page: ana } = await openDesk(stage, browser);
  const { page: max } = await openDesk(stage, browser, "Max Albrecht");
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  const told = await carrier.letSay(customer, lines);
  await dial(ana, customer);
  const overlay = await openOverlay(ana);
  await told.next();
  await expect(overlay.getByRole("checkbox", { name: "Name and company" })).toBeChecked();
  const cardOf = (title: string) => overlay.getByRole("region", { name: title, exact: true });

  await test.step("what is typed on the desk goes on while a card comes up", async () => {
    const price = cardOf("Price against current lease");
    await typeWhile(ana, overlay, async () => {
      await told.next();
      await expect(price).toBeVisible();
    });
    await price.getByRole("button", { name: "Useful", exact: true }).click();
    await expect(price.getByRole("button", { name: "Useful", exact: true })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  });

  await test.step("snoozed, the card goes and none comes; woken, the next one does", async () => {
    await overlay.getByRole("button", { name: "No hints for five minutes" }).click();
    await expect(cardOf("Price against current lease")).toBeHidden();
    const wake = overlay.getByRole("button", { name: "Hints are off for a while. Turn them on" });
    await expect(wake).toHaveAttribute("aria-pressed", "true");
    await told.next();
    const heard = ana.getByRole("region", { name: "Transcript" }).locator("[data-final=true]");
    await expect(heard.filter({ hasText: "another offer from your neighbours" })).toBeVisible();
    await expect(cardOf("Another provider is cheaper")).toBeHidden();
    await wake.click();
    await expect(overlay.getByRole("button", { name: "No hints for five minutes" })).toBeVisible();
    await told.next();
    await expect(cardOf("Lock-in worries")).toBeVisible();
    await expect(cardOf("Another provider is cheaper")).toBeHidden();
  });

  await test.step("quiet, a figure and times in the call tick items; an expression brings up a card, and a phrase where nothing near rules it out", async () => {
    const item = (label: string) => ana.getByRole("region", { name: "Checklist" }).getByRole("checkbox", { name: label }); // prettier-ignore
    await told.next();
    await expect(item("Leave a pause")).toBeChecked();
    await expect(item("Let them talk")).toBeChecked();
    const paint = await holdFrames(overlay);
    await told.next();
    await expect(cardOf("Wants a discount")).toContainText("fifteen percent off");
    await expect(item("Discount later")).toBeChecked();
    await expect(item("Discount at once")).not.toBeChecked();
    await told.next();
    await expect(cardOf("Asks about internet")).toContainText("internet");
    await paint();
  });

  await test.step("what is said and written from the right is read from there, between lines that are not; dismissed, the card goes", async () => {
    await told.next();
    const card = cardOf(rent.title);
    const heard = ana.getByRole("region", { name: "Transcript" }).locator("[data-final=true]");
    const said = heard.filter({ hasText: "هل يشمل الإيجار" }).locator("bdi").last();
    for (const text of [card.getByRole("heading"), card.getByText(rent.line), card.locator("q bdi"), said])
      await expect(text).toHaveCSS("direction", "rtl");
    for (const around of [card, heard.last()]) await expect(around).toHaveCSS("direction", "ltr");
    await card.getByRole("button", { name: "Dismiss" }).click();
    await expect(card).toBeHidden();
  });

  await test.step("who wants it has pace, interruptions and what is being said there as well", async () => {
    const said = overlay.getByRole("region", { name: "What is said" });
    await expect(said).toHaveCount(0);
    await ana.getByRole("link", { name: "Settings" }).click();
    await ana.getByText("Also what is said", { exact: true }).click();
    await expect(ana.getByRole("radio", { name: "Also what is said" })).toBeChecked();
    await expect(said.locator("p").last()).toContainText(/^Customer.*هل يشمل الإيجار/u);
    await expect(overlay.getByRole("region", { name: "Talk share" })).toContainText(/Pace.*Interruptions/u);
    expect(await findBarriers(overlay)).toEqual([]);
    await ana.goBack();
  });

  await callButton(ana, "End").click();
  await expect(ana.getByRole("region", { name: "Report of this call" })).toBeVisible();
  carrier.close();
  await test.step("the manager has it, also with the network off", async () => {
    await expectCards(max);
    await expectSynced(max);
    await stage.stopServer();
    await expectOffline(max);
    await expectCards(max);
  });
});

/**
 * Types into the call's notes all the while, as a person whose keys go wherever the focus is.
 * @param meanwhile what may take no key
 */
async function typeWhile(desk: Page, overlay: Page, meanwhile: () => Promise<void>): Promise<void> {
  const notes = desk.getByRole("textbox", { name: "Notes of this call" });
  await notes.click();
  await overlay.evaluate(() => {
    const root = document.documentElement;
    const note = () => root.setAttribute("data-took-focus", "");
    window.addEventListener("focus", note);
    document.addEventListener("focusin", note);
    window.focus = note;
  });
  let isOver = false;
  let typed = "";
  const typing = (async () => {
    for (let at = 0; !isOver || at < 20; at += 1) {
      const next = "she pays more than now "[at % 23] ?? " ";
      await desk.keyboard.type(next, { delay: 40 });
      typed += next;
    }
  })();
  await meanwhile().finally(() => (isOver = true));
  await typing;
  await expect(notes).toBeFocused();
  await expect(notes).toHaveValue(typed);
  await expect(overlay.locator("html")).not.toHaveAttribute("data-took-focus");
  expect(await overlay.evaluate(() => document.activeElement === document.body)).toBe(true);
}

/**
 * As in a window that nobody can see: what is drawn is not painted.
 * @returns lets it be seen, with what stands there then
 */
async function holdFrames(page: Page): Promise<() => Promise<void>> {
  const released = await page.evaluateHandle(() => {
    const next = window.requestAnimationFrame.bind(window);
    const cancel = window.cancelAnimationFrame.bind(window);
    const held = new Map<number, FrameRequestCallback>();
    let last = 0;
    window.requestAnimationFrame = (frame) => {
      last -= 1;
      held.set(last, frame);
      return last;
    };
    window.cancelAnimationFrame = (id) => void (held.delete(id) || cancel(id));
    return () =>
      new Promise<void>((resolve) => {
        window.requestAnimationFrame = next;
        for (const frame of held.values()) next(frame);
        next(() => next(() => next(() => resolve())));
      });
  });
  return () => released.evaluate((release) => release());
}

async function expectCards(page: Page): Promise<void> {
  await page.goto(new URL("/insights", page.url()).href);
  await page.getByRole("tab", { name: "Cards" }).click();
  const cards = page.getByRole("region", { name: "Cards" });
  // Times that it was shown and dismissed, found useful and not.
  for (const [title, figures] of [
    ["Price against current lease", "1 0 1 0 100%"],
    [rent.title, "1 1 0 0 –"],
    // Hints were off when it was due.
    ["Another provider is cheaper", "0 0 0 0 –"],
    ["Asks about internet", "1 0 0 0 –"],
    // The next one had taken its place when the overlay was painted.
    ["Wants a discount", "0 0 0 0 –"],
  ] as const) {
    await cards.getByRole("button", { name: title }).click();
    await expect(cards.getByRole("row", { name: new RegExp(`^Ana Ruiz \\d+ \\d+ ${figures}`, "u") })).toBeVisible(); // prettier-ignore
  }
}
