import type { Browser, Locator, Page } from "@playwright/test";
import type { Stage, StageDesk } from "../processes/stage.ts";
import { filming } from "./film.ts";
import { expect } from "./stage.ts";

/** What an agent does at the desk, in the words of the screen. Tests say what they see themselves. */

/** For what begins with starting processes, on a machine that does much else. */
const slowMs = 90_000;

export interface OpenDesk {
  page: Page;
  desk: StageDesk;
}

/** A desk of a person's own, in a browser of its own, opened and synced. Ana is who a demo desk begins with. */
export async function openDesk(stage: Stage, browser: Browser, person = "Ana Ruiz"): Promise<OpenDesk> {
  const isAna = person === "Ana Ruiz";
  const desk = await stage.openDesk({ demo: isAna });
  const page = await visit(browser, desk);
  if (!isAna) await page.getByRole("button", { name: person }).click();
  await expectSynced(page);
  return { page, desk };
}

/** A desk that was synced once and has no server now. */
export async function openOfflineDesk(stage: Stage, browser: Browser): Promise<OpenDesk> {
  const opened = await openDesk(stage, browser);
  await stage.stopServer();
  await expectOffline(opened.page);
  return opened;
}

/** The server answers again, and each machine hears that it has a network: nobody waits for a back-off to end. */
export async function bringServerBack(stage: Stage, ...pages: Page[]): Promise<void> {
  await stage.startServer();
  await hearNetwork(...pages);
}

export async function hearNetwork(...pages: Page[]): Promise<void> {
  for (const page of pages) await page.evaluate(() => window.dispatchEvent(new Event("online")));
}

/** A desk that runs already, in a browser of one's own. */
export async function visitSynced(browser: Browser, desk: StageDesk): Promise<Page> {
  const page = await visit(browser, desk);
  await expectSynced(page);
  return page;
}

/** The desk's page in a browser that nobody has used before. */
export async function visit(browser: Browser, { address }: StageDesk): Promise<Page> {
  const context = await browser.newContext(filming);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/**
 * As a link of the desk leads there: the page stays, and with it all that it has loaded.
 * @param heading what the screen is called there
 */
export async function goTo(page: Page, path: string, heading: string): Promise<void> {
  await page.evaluate((to) => window.history.pushState(null, "", to), path);
  await expect(page.getByRole("main").getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** Starts a desk again that was closed, and looks at it where it was looked at before. */
export async function reopenDesk(stage: Stage, { page, desk }: OpenDesk): Promise<OpenDesk> {
  const reopened = await stage.openDesk({ name: desk.name });
  await page.goto(reopened.address);
  return { page, desk: reopened };
}

/** One click from being anyone else: the menu of the avatar. */
export async function become(page: Page, person: string): Promise<void> {
  await page.getByRole("button", { name: "switch or sign out" }).click();
  await page.getByRole("menuitem", { name: person }).click();
  await expect(page.getByRole("button", { name: `${person}: switch or sign out` })).toBeVisible();
  await expectSynced(page);
}

/** The status bar's first item, which opens the sync panel. */
export function syncItem(page: Page): Locator {
  return page.getByRole("contentinfo").getByRole("button").first();
}

/** Everything sent and heard. The demo begins with a value that two people changed, which is no edit of this desk. */
export async function expectSynced(page: Page): Promise<void> {
  await expect(syncItem(page)).toHaveText(/^Synced\b(?!.*unsent)/u, { timeout: slowMs });
}

export async function expectOffline(page: Page, unsent = ""): Promise<void> {
  await expect(syncItem(page)).toContainText(/^Offline/u, { timeout: slowMs });
  await expect(syncItem(page)).toContainText(unsent);
}

/** Finds by typing, as people do, and opens the profile. Several have the same name, none of them the same company. */
export async function openLead(page: Page, name: string, company: string): Promise<void> {
  await searchLeads(page, `${name} ${company}`);
  // While rows still go, the pointer would hit another one.
  await expect(page.getByRole("contentinfo").getByText("1 lead", { exact: true })).toBeVisible();
  await leadRow(page, name).dblclick();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

/**
 * Presses two keys, again where nothing comes of it: the second counts only soon after the first, and a laden machine
 * may be late.
 */
export async function pressInTurn(
  page: Page,
  [first, second]: readonly [string, string],
  shown: Locator,
): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(first);
    await page.keyboard.press(second);
    await expect(shown).toBeVisible({ timeout: 5_000 });
  }).toPass();
}

/** Opens the palette by its key and types into it. */
export async function askPalette(page: Page, text: string): Promise<Locator> {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find or do anything" });
  await expect(field).toBeFocused();
  await page.keyboard.type(text);
  return field;
}

export async function searchLeads(page: Page, text: string): Promise<void> {
  await page.getByRole("link", { name: "Leads", exact: true }).first().click();
  const all = page.getByRole("tab", { name: /^All leads/u });
  await all.click();
  await expect(all).toHaveAttribute("aria-selected", "true");
  await page.getByRole("searchbox", { name: /^Search leads/u }).fill(text);
}

/** Keys act on nothing while the rows are still those of the list before. */
export async function focusList(page: Page): Promise<void> {
  await page.locator("[role=grid][aria-busy=false]").focus();
}

export function leadRow(page: Page, name: string | RegExp): Locator {
  return page.getByRole("grid").getByRole("row").filter({ hasText: name });
}

/** The button that shows a field's value in the profile and edits it. */
export function fieldOf(page: Page, label: string): Locator {
  return page.getByRole("button", { name: `Change ${label}:` });
}

export async function setField(page: Page, label: string, value: string): Promise<void> {
  await fieldOf(page, label).click();
  const input = page.getByRole("textbox", { name: label, exact: true });
  await input.fill(value);
  await input.press("Enter");
  await expect(fieldOf(page, label)).toContainText(value);
}

export function stageStep(page: Page, label: string): Locator {
  return page.getByRole("group", { name: "Stage" }).getByRole("button", { name: label, exact: true });
}

export async function writeNotes(page: Page, text: string): Promise<void> {
  const notes = page.getByRole("complementary", { name: "About this person" });
  await notes.getByRole("heading", { name: "Notes" }).locator("xpath=../following-sibling::button").click();
  await notes.getByRole("textbox", { name: "Notes" }).fill(text);
  await notes.getByRole("textbox", { name: "Notes" }).press("Control+Enter");
}

export function timeline(page: Page): Locator {
  return page.getByRole("region", { name: "Timeline" });
}

export async function addNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press("n");
  const note = page.getByRole("textbox", { name: "Note", exact: true });
  await note.fill(text);
  // Held a moment too long, as keys are: it is one note all the same.
  await page.keyboard.down("Control");
  for (const _ of ["pressed", "repeated"]) await page.keyboard.down("Enter");
  for (const key of ["Enter", "Control"]) await page.keyboard.up(key);
  await expect(timeline(page).getByText(text)).toBeVisible();
}

/**
 * Takes back what the line at the bottom has just reported. The line goes after eight seconds, and to look where the
 * pointer would hit may take as long on a laden machine: the button is pressed without.
 */
export async function undoFromToast(page: Page, reported: string | RegExp): Promise<void> {
  // The timeline may say the same.
  const line = page.getByRole("status").getByText(reported);
  await line.getByRole("button", { name: "Undo", exact: true }).dispatchEvent("click");
}

/** Nothing is planned any more with the person whose profile is open. */
export async function finishTasks(page: Page, ...titles: string[]): Promise<void> {
  const side = page.getByRole("complementary", { name: "About this person" });
  for (const title of titles) {
    await side.getByRole("button", { name: `Finish ${title}` }).click();
    await expect(side.getByRole("button", { name: `Finish ${title}` })).toBeHidden();
  }
}

/** Opens the sync panel, once. */
export async function openSyncPanel(page: Page): Promise<Locator> {
  const panel = page.getByRole("dialog", { name: "Sync" });
  if (!(await panel.isVisible())) await syncItem(page).click();
  await expect(panel).toBeVisible();
  return panel;
}
