import { expect, test } from "./stage.ts";
import { addNote, askPalette, expectSynced, pressInTurn, stageStep, visitSynced } from "./desk-page.ts";

test("a desk is worked without the mouse: every screen by its keys, a lead through the palette", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  const keys = page.keyboard;
  const chosen = page.getByRole("option", { selected: true });

  await test.step("every screen has its keys, and the palette knows them", async () => {
    for (const [second, place] of Object.entries(screens)) {
      const heading = page.getByRole("main").getByRole("heading", { level: 1, name: place });
      await pressInTurn(page, ["g", second], heading);
    }
    const field = await askPalette(page, ">go to tasks");
    await expect(chosen).toContainText("Go to Tasks");
    await keys.press("Enter");
    await expect(field).toBeHidden();
    await expect(page).toHaveURL(/\/tasks/u);
  });

  await test.step("a key stands beside a button's name, not in it", async () => {
    const newTask = page.getByRole("button", { name: "New task", exact: true });
    await expect(newTask).toHaveAttribute("aria-keyshortcuts", "T");
    await keys.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await expect(sheet.getByText("Go to Tasks")).toBeVisible();
    await keys.press("Escape");
    await expect(sheet).toBeHidden();
  });

  await test.step("a name is looked for where numbers are dialled", async () => {
    const box = page.getByRole("textbox", { name: "Name or number" });
    await box.fill("Tobias Lin");
    await box.press("Enter");
    const field = page.getByRole("combobox", { name: "Find or do anything" });
    await expect(field).toHaveValue("Tobias Lin");
    await expect(chosen).toContainText("Tobias Lindgren");
    await keys.press("Escape");
    await expect(field).toBeHidden();
    await expect(box).toHaveValue("");
  });

  await test.step("moved through the palette, and taken back", async () => {
    await askPalette(page, numberOfWei);
    await expect(chosen).toContainText("Wei Chen");
    await keys.press("Tab");
    await expect(page.getByRole("group", { name: "With Wei Chen" })).toBeVisible();
    for (let at = ""; !at.startsWith("Move to stage"); at = (await chosen.textContent()) ?? "") {
      if (at !== "") await keys.press("ArrowDown");
      await expect(chosen).not.toHaveText(at);
    }
    await keys.press("Enter");
    await keys.type("off");
    await expect(chosen).toContainText("Offer");
    await keys.press("Enter");
    await expect(page.getByText("Moved Wei Chen to Offer")).toBeVisible();
    await keys.press("Control+z");
    await expect(page.getByText("Taken back: Moved Wei Chen to Offer")).toBeVisible();
  });

  await test.step("opened, moved by its steps, and noted", async () => {
    await askPalette(page, numberOfWei);
    await expect(chosen).toContainText("Wei Chen");
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: "Wei Chen" })).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Find or do anything" })).toBeHidden();
    await keys.press("s");
    await expect(stageStep(page, "Tour")).toBeFocused();
    await keys.press("ArrowRight");
    await keys.press("Enter");
    await expect(stageStep(page, "Offer")).toHaveAttribute("aria-pressed", "true");
    await addNote(page, "Never touched the mouse");
    await expectSynced(page);
  });
});

/** There are several of his name. */
const numberOfWei = "4155550182";

/** The second key after G, and what the screen is called. */
const screens = {
  t: "Tasks",
  d: "Deals",
  p: "Floors",
  h: "Today",
  ",": "Settings",
  i: "Import",
  l: "Hot this week",
};
