import type { Locator, Page } from "@playwright/test";
import { expectSynced, goTo, visitSynced } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("what is typed into a deal or a listing stays from the first key on, and is saved as it is left", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  await goTo(page, "/deals", "Deals");
  await page.getByRole("option").first().click();
  const deal = page.getByRole("dialog");
  const name = deal.getByRole("textbox", { name: "Name" });
  await name.press("End");
  await name.pressSequentially(" and cellar");
  await expect(name).toHaveValue(/ and cellar$/u);
  await name.press("Enter");
  await expect(deal.getByRole("heading").first()).toHaveText(/ and cellar$/u);

  await test.step("a day that is picked stands in the place of what was typed and is none; typing goes on from there", async () => {
    const close = deal.getByRole("textbox", { name: "Expected close" });
    await close.fill("someday");
    await close.press("Enter");
    await expect(deal.getByText("Not a day: try")).toBeVisible();
    await deal.getByRole("button", { name: "Pick a day" }).first().click();
    await page.getByRole("button", { name: "In a week" }).click();
    await expect(close).toHaveValue(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/u);
    await expect(deal.getByText("Not a day: try")).toBeHidden();
    await close.fill("1 mar 2027");
    await close.press("Enter");
    await expect(close).toHaveValue("1 Mar 2027");
    // Left by the press on the calendar itself: what was typed is saved while that opens.
    await close.fill("1 jul 2028");
    await deal.getByRole("button", { name: "Pick a day" }).first().click();
    await expect(page.getByText("July 2028", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "12 July 2028" }).click();
    await expect(close).toHaveValue("12 Jul 2028");
  });
  await test.step("a sum is read as imports read it, and shows how before it is kept", async () => {
    const value = deal.getByRole("textbox", { name: "Value" });
    await value.fill("");
    await value.pressSequentially("250.000");
    await expect(deal.getByRole("status").filter({ hasText: "= $250,000" })).toBeVisible();
    await value.press("Enter");
    await expect(value).toHaveValue("$250,000");
    await expect(deal.getByText("= $250,000")).toBeHidden();
  });
  await test.step("Escape closes the calendar alone, and the drawer stays", async () => {
    const pick = deal.getByRole("button", { name: "Pick a day" }).first();
    await pick.click();
    const day = page.getByRole("button", { name: "12 July 2028" });
    await day.focus();
    await page.keyboard.press("Escape");
    await expect(day).toHaveCount(0);
    await expect(pick).toBeFocused();
  });
  await test.step("a list to pick from has the caret at once, also when it is opened again", async () => {
    const stage = deal.getByRole("combobox", { name: "Stage" });
    for (const _time of ["first", "again"]) {
      const focused = await stage.evaluate((button) => {
        (button as HTMLElement).click();
        return document.activeElement?.getAttribute("placeholder");
      });
      expect(focused).toBe("Type to find");
      await page.keyboard.press("Escape");
      await expect(stage).toBeFocused();
    }
  });
  await page.keyboard.press("Escape");
  await expect(deal).toBeHidden();

  await test.step("a deal goes to another stage by a key, and back by the mouse from below others", async () => {
    const columns = page.getByRole("listbox", { name: "Deals" }).getByRole("group");
    const columnOf = (at: number) => columns.nth(at).getByRole("option", { name: / and cellar/u });
    await expect(columnOf(0)).toHaveAttribute("aria-selected", "true");
    await page.getByRole("listbox", { name: "Deals" }).press("Shift+ArrowRight");
    await expect(columnOf(1)).toBeVisible();
    await expect(columnOf(0)).toHaveCount(0);
    await expectSynced(page);
    await expect(columns.nth(1).getByRole("option").first()).not.toHaveText(/ and cellar/u);
    await drag(page, columnOf(1), columns.nth(0));
    await expect(columnOf(0)).toBeVisible();
    await expect(columnOf(1)).toHaveCount(0);
    await expectSynced(page);
  });

  await goTo(page, "/listings", "Floors");
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await page.keyboard.press("Enter");
  const description = page.getByRole("textbox", { name: "Description" });
  await description.fill("Light from both sides");
  await expect(description).toHaveValue("Light from both sides");
  await description.blur();
  await expectSynced(page);

  await test.step("Escape takes back what is typed before it closes; what is typed when one goes elsewhere is kept", async () => {
    await description.fill("Dark");
    await page.keyboard.press("Escape");
    await expect(description).toHaveValue("Light from both sides");
    await description.fill("Light from three sides");
    await goTo(page, "/deals", "Deals");
    await goTo(page, "/listings", "Floors");
    await page.getByRole("grid").getByRole("row").nth(1).click();
    await page.keyboard.press("Enter");
    await expect(description).toHaveValue("Light from three sides");
    await description.fill("Light from both sides");
    await description.blur();
    await expectSynced(page);
  });
  const records = await holdRecords(page);
  await expect(description).toHaveValue("Light from both sides");

  await test.step("while the next one is still to come, nothing of the one before can be changed in its place", async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    records.hold();
    await page.getByRole("grid").getByRole("row").nth(2).click();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.getByRole("dialog").getByRole("textbox")).toHaveCount(0);
    records.release();
    await expect(description).toBeVisible();
    await expect(description).not.toHaveValue("Light from both sides");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();

    await goTo(page, "/calls", "Calls");
    const rows = page.getByRole("grid", { name: "Calls" }).getByRole("row");
    const notes = page.getByRole("dialog").getByRole("textbox", { name: "Notes of this call" });
    const next = await rows.nth(2).boundingBox();
    if (!next) throw new Error("there is no second call");
    await rows.nth(1).dblclick();
    await expect(notes).toBeVisible();
    records.hold();
    await page.keyboard.press("Escape");
    await expect(notes).toBeHidden();
    // Through the one that fades out still: Playwright's own would wait until it is gone.
    await page.mouse.dblclick(next.x + 200, next.y + next.height / 2);
    await expect(page).toHaveURL(/open=/u);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(notes).toHaveCount(0);
    records.release();
    await expect(notes).toBeVisible();
  });

  await test.step("a row that is pressed in a list that scrolled just now stays below the pointer", async () => {
    const scrolled = await page.getByRole("grid", { name: "Calls" }).evaluate(async (list) => {
      const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      list.scrollTop = 100;
      await painted();
      const before = list.scrollTop;
      list.scrollTop = 0;
      const fourth = list.querySelector("[aria-rowindex='5']");
      fourth?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
      await painted();
      return { before, after: list.scrollTop, isCursor: list.ariaActiveDescendantElement === fourth };
    });
    expect(scrolled).toEqual({ before: 100, after: 0, isCursor: true });
  });
});

/** Loads the page anew, and keeps records and calls on their way to it for as long as is said. */
async function holdRecords(page: Page): Promise<{ hold(): void; release(): void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/rpc/u, (socket) => {
    socket.connectToServer().onMessage((message) => {
      const send = () => socket.send(message);
      if (held && /"value":\{"(?:record|call)":/u.test(String(message))) held.push(send);
      else send();
    });
  });
  await page.reload();
  return {
    hold: () => void (held = []),
    release() {
      const late = held ?? [];
      held = null;
      for (const send of late) send();
    },
  };
}

/** Takes a card by its middle and puts it down near the head of a column. */
async function drag(page: Page, card: Locator, column: Locator): Promise<void> {
  const [from, to] = [await card.boundingBox(), await column.boundingBox()];
  if (!from || !to) throw new Error("there is no card, or nowhere to put it");
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 20, y, { steps: 5 });
  await page.mouse.move(to.x + to.width / 2, to.y + 100, { steps: 5 });
  await expect(page.getByText(/^Picked up |is over /u)).toBeAttached();
  await page.mouse.up();
}
