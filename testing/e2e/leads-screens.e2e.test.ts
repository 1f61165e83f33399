// The screens of leads on made-up data: what a person does with the keyboard, and what axe says about it.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { findBarriers } from "./barriers.ts";
import { askPalette, focusList } from "./desk-page.ts";
import { serveDeskPage, type DeskPage } from "../desk-page/serve-desk-page.ts";

let desk: DeskPage;
test.beforeAll(async () => {
  desk = await serveDeskPage();
});
test.afterAll(() => desk.close());

async function open(page: Page, path: string, leads = 38): Promise<void> {
  await page.addInitScript((count) => {
    Object.assign(window, { scene: { leads: count } });
  }, leads);
  await page.goto(desk.url + path);
  // A key that is pressed before a screen is there is nobody's.
  const first =
    path === "/leads" ? rowAt(page, 0) : page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(first.first()).toContainText(/\w/u);
}

const rowAt = (page: Page, index: number) => page.locator(`[role=row][aria-rowindex="${index + 2}"]`);

/** Where the cursor is, once there is one: a laden machine takes its time to open a field. */
async function typeInto(page: Page, text: string): Promise<void> {
  await expect(page.locator("input:focus, textarea:focus")).toBeVisible();
  await page.keyboard.type(text);
}

test("a list is worked with the keyboard: search, move, open, next, back", async ({ page }) => {
  await open(page, "/leads");
  await page.keyboard.press("/");
  await typeInto(page, "chen");
  await expect(rowAt(page, 0)).toContainText("Wei Chen");
  await expect(page.getByRole("contentinfo")).toContainText("1 lead");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Amara Nwosu" }).first()).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByText("3 of 23")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/leads\?/u);
});

test("a field takes only what it can hold, Escape leaves it, and an edit can be taken back", async ({
  page,
}) => {
  await open(page, "/leads/lead-5");
  const budget = page.locator("[data-field='custom.budget']");
  await budget.click();
  await typeInto(page, "a lot");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Not a sum");
  await page.keyboard.press("Escape");
  await expect(budget).toContainText("$450k");
  await budget.click();
  await typeInto(page, "1.5m");
  await page.keyboard.press("Enter");
  await expect(budget).toContainText("$1.5m");
  await page.keyboard.press("Control+z");
  await expect(budget).toContainText("$450k");
});

test("what is typed in a profile and not left is kept when one goes elsewhere, or said to be lost", async ({
  page,
}) => {
  await open(page, "/leads/lead-5");
  const budget = page.locator("[data-field='custom.budget']");
  const goTo = (path: string) => page.evaluate((to) => window.history.pushState(null, "", to), path);
  const leave = async () => {
    await goTo("/leads");
    await expect(rowAt(page, 0)).toContainText(/\w/u);
    await goTo("/leads/lead-5");
  };
  await budget.click();
  await typeInto(page, "1.5m");
  await leave();
  await expect(budget).toContainText("$1.5m");
  await budget.click();
  await typeInto(page, "a lot");
  await leave();
  await expect(page.getByText("“a lot” was not kept as Budget. Not a sum")).toBeVisible();
  await expect(budget).toContainText("$1.5m");
  const side = page.getByRole("complementary", { name: "About this person" });
  await side.getByRole("heading", { name: "Notes" }).locator("xpath=../following-sibling::button").click();
  await side.getByRole("textbox", { name: "Notes" }).fill("Prefers mornings.");
  await leave();
  await expect(side.getByText("Prefers mornings.")).toBeVisible();
});

test("a press beside a form closes it until something is typed in it", async ({ page }) => {
  await open(page, "/leads");
  const form = page.getByRole("dialog", { name: "New lead" });
  const pressBeside = () => page.mouse.click(5, 400);
  await page.keyboard.press("Shift+N");
  await expect(form).toBeVisible();
  await pressBeside();
  await expect(form).toBeHidden();
  await page.keyboard.press("Shift+N");
  await typeInto(page, "Vera Lind");
  await pressBeside();
  await page.keyboard.press("Tab");
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue("Vera Lind");
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
});

test("a task that is half written for somebody is there when one comes back to them", async ({ page }) => {
  await open(page, "/leads");
  await rowAt(page, 0).dblclick();
  await expect(page.getByText("1 of 23")).toBeVisible();
  await page.keyboard.press("t");
  await typeInto(page, "Send the plans");
  const line = page.getByRole("textbox", { name: "New task" });
  await page.getByRole("button", { name: "Next in the list" }).click();
  await expect(page.getByText("2 of 23")).toBeVisible();
  await expect(line).toHaveValue("");
  await page.getByRole("button", { name: "Previous in the list" }).click();
  await expect(page.getByText("1 of 23")).toBeVisible();
  await expect(line).toHaveValue("Send the plans");
});

test("two people's values: using the other one settles it", async ({ page }) => {
  await open(page, "/leads/lead-5");
  await page.getByRole("button", { name: "2 values" }).click();
  await page.getByRole("button", { name: "Use $650k" }).click();
  await expect(page.locator("[data-field='custom.budget']")).toContainText("$650k");
  await expect(page.getByRole("button", { name: "2 values" })).toBeHidden();
});

/** Ticks the first two leads of a list by keys, and sets their stage. @returns the bar of what is ticked */
async function moveFirstTwo(page: Page, stage: string): Promise<Locator> {
  await open(page, "/leads");
  await expect(rowAt(page, 1)).toContainText(/\w/u);
  await focusList(page);
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  const bar = page.getByRole("toolbar", { name: "Selected rows" });
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: "Stage" }).click();
  await typeInto(page, stage);
  await page.keyboard.press("Enter");
  return bar;
}

test("selected rows are edited together and undone together", async ({ page }) => {
  await moveFirstTwo(page, "tour");
  await expect(rowAt(page, 0)).toContainText("Tour");
  await expect(rowAt(page, 1)).toContainText("Tour");
  await page.keyboard.press("Control+z");
  await expect(rowAt(page, 0)).toContainText("Won");
});

test("what leaves the list is ticked no longer, and nobody edits it unseen", async ({ page }) => {
  const bar = await moveFirstTwo(page, "lost");
  await expect(page.getByRole("contentinfo")).toContainText("21 leads");
  await expect(bar).toBeHidden();
});

test("whoever works down a list goes on with the next when an edit takes a lead out of it", async ({
  page,
}) => {
  await open(page, "/leads");
  await expect(rowAt(page, 2)).toContainText(/\w/u);
  const [first = "", second = ""] = await page
    .getByRole("checkbox", { name: /^Select (?!all)/u })
    .evaluateAll((ticks) =>
      ticks.map((tick) => tick.getAttribute("aria-label")?.replace("Select ", "") ?? ""),
    );
  await page.getByRole("grid").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: first })).toBeVisible();
  await expect(page.getByText("1 of 23")).toBeVisible();
  await page.locator("[data-field='custom.budget']").click();
  await typeInto(page, "1000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Left this list")).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("heading", { level: 2, name: second })).toBeVisible();
  await expect(page.getByText("1 of 22")).toBeVisible();
});

test("what is shown becomes a view, and a deleted view comes back", async ({ page }) => {
  await open(page, "/leads");
  await page.getByRole("button", { name: "Score: change this filter" }).click();
  await page.getByLabel("Score: value").fill("80");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save as new" }).click();
  await typeInto(page, "Eighty plus");
  await page.keyboard.press("Enter");
  const tab = page.getByRole("tab", { name: "Eighty plus 12" });
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await page.getByRole("button", { name: "New view, and what to do with this one" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(tab).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(tab).toBeVisible();
});

test("a card moves along the board with the keyboard", async ({ page }) => {
  await open(page, "/leads");
  await page.keyboard.press("v");
  const tour = page.getByRole("group", { name: /^Tour/u });
  const card = page.getByRole("option", { name: /Wei Chen/u });
  await expect(tour).toContainText("Wei Chen");
  await card.click();
  await expect(card).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("group", { name: /^Offer/u })).toContainText("Wei Chen");
  await expect(tour).not.toContainText("Wei Chen");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/leads\/lead-/u);
});

test("the palette finds people and moves one to a stage", async ({ page }) => {
  await open(page, "/leads");
  await askPalette(page, "mar");
  await expect(page.getByRole("option", { name: /Maria Kowalski/u })).toBeVisible();
  await expect(page.getByText(/leads in \d+ ms, on this device/u)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.getByRole("option", { name: /Move to stage/u }).click();
  await typeInto(page, "off");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Moved" })).toContainText("to Offer");
});

test("whoever is found is opened, however fast Enter follows", async ({ page }) => {
  await open(page, "/leads");
  const field = await askPalette(page, "");
  await field.evaluate(async (input) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
    set?.call(input, "maria kow");
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    // It is drawn by now, and no answer can be here.
    await Promise.resolve();
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole("heading", { level: 2, name: "Maria Kowalski" })).toBeVisible();
});

test("100,000 rows are one list: the end is reached, and few rows exist", async ({ page }) => {
  await open(page, "/leads", 100_000);
  await page.getByRole("tab", { name: /^All leads/u }).click();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "100001");
  await page.getByRole("grid").focus();
  await page.keyboard.press("End");
  await expect(rowAt(page, 99_999)).toHaveAttribute("aria-busy", "false");
  expect(await page.getByRole("row").count()).toBeLessThan(80);
});

test("what opens over a list and beside it can be read out, in both themes", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [path, keys, shown] of opened) {
    await open(page, path);
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.locator(shown).first()).toBeVisible();
    // A listbox that hangs from a control is its control's, wherever the portal puts it.
    expect.soft(await findBarriers(page, ["region"]), `${path} ${keys.join(" ")}`).toEqual([]);
  }
});

/** Beyond the places that accessible.e2e.test.ts goes to on a real desk. */
const opened: [path: string, keys: string[], shown: string][] = [
  ["/leads", ["f"], "input:focus"],
  ["/leads", ["v"], "role=group[name=/^Tour/]"],
  ["/leads", ["Shift+N"], "input:focus"],
  ["/leads", ["Control+k", "m", "a", "r"], "role=option[selected]"],
  ["/leads/lead-5", ["n"], "textarea:focus"],
];
