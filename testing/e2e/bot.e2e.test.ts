import { signInAdmin } from "./admin-api.ts";
import { enterConsole } from "./console-page.ts";
import { findBarriers } from "./barriers.ts";
import { bringServerBack, expectOffline, openDesk, timeline } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { openSite, openVisitor } from "./visitor-page.ts";

test("a visitor is answered by the bot, handed to Ana, and both see what the other writes", async ({
  stage,
  browser,
  page: console,
}) => {
  // An admin writes what the bot knows, and talks to it before anybody else does.
  const site = await openSite();
  await enterConsole(console, stage.serverUrl);
  await console.getByRole("link", { name: "Bots", exact: true }).click();
  await console.getByRole("button", { name: "New bot" }).click();
  await console.getByRole("textbox", { name: "Name" }).fill("Mira");
  await console.getByRole("button", { name: "Add an answer" }).click();
  await console.getByRole("textbox", { name: "Question or subject" }).fill("Is there parking?");
  await console
    .getByRole("textbox", { name: "Answer", exact: true })
    .fill("Each office has one space in the garage.");
  await console.getByRole("combobox", { name: "Are there" }).click();
  await console.getByRole("option", { name: "Always" }).click();
  await console.getByRole("textbox", { name: "Pages, one a line" }).fill(`${site.origin}/contact`);
  const trial = console.getByRole("region", { name: "Try it" });
  await trial.getByRole("textbox", { name: "As a visitor" }).fill("Do you have parking?");
  await trial.getByRole("button", { name: "Say" }).click();
  await expect(trial.getByRole("log")).toContainText("Each office has one space in the garage.");
  await console.getByRole("button", { name: "Make the bot" }).click();
  const id = console.getByRole("textbox", { name: "Its id, for the page" });
  await expect(id).toHaveValue(/^[\w-]{22}$/u);
  expect(await findBarriers(console)).toEqual([]);

  // A page of theirs asks; a reload loses nothing.
  const visitor = await openVisitor(browser, site.origin, stage.serverUrl, await id.inputValue());
  const answered = await visitor.say("Is there any parking?");
  expect(answered.turns.at(-1)).toMatchObject({
    by: "bot",
    text: "Each office has one space in the garage.",
  });
  await visitor.page.reload();
  const asked = await visitor.say("Hi, my name is Vera Lund, vera@lund.example. Can I talk to a person?");
  expect(asked.state.phase).toBe("waiting");
  expect(asked.turns).toHaveLength(5);
  await visitor.listen();

  // Every new lead says by which channel it came.
  const channel = { collection: "leads", key: "channel", label: "Channel", type: "text", default: null, options: [] }; // prettier-ignore
  await (await signInAdmin(stage)).ask("POST", "/fields", { ...channel, required: true });

  // Ana sees at once that somebody waits, takes it and answers; nothing that she writes goes without a network.
  const { page } = await openDesk(stage, browser);
  await page.getByRole("link", { name: "Chats, 1 waiting" }).click();
  await page
    .getByRole("list", { name: "Chats" })
    .getByRole("button", { name: /^Vera Lund/u })
    .click();
  const talk = page.getByRole("region", { name: "Chat with Vera Lund" });
  await expect(talk.getByRole("log")).toContainText("Is there any parking?");
  expect(await findBarriers(page)).toEqual([]);
  await talk.getByRole("button", { name: "Take it" }).click();
  const line = talk.getByRole("textbox", { name: "Write to the visitor" });
  await line.fill("Hello Vera, Ana here.");
  await line.press("Enter");
  await expect(talk.getByRole("log")).toContainText("Hello Vera, Ana here.");
  await expect.poll(visitor.heard).toContain("Hello Vera, Ana here.");
  await expect.poll(async () => (await visitor.chat()).state).toEqual({ phase: "person", with: "Ana Ruiz" });
  await visitor.say("Is there parking on Sundays?");
  await expect(talk.getByRole("log")).toContainText("Is there parking on Sundays?");
  await talk.getByRole("button", { name: "Suggest an answer" }).click();
  await expect(line).toHaveValue("Each office has one space in the garage.");

  // Each sees that the other one writes; what is half written is there after a reload.
  await line.press("End");
  await line.press("Space");
  await expect.poll(visitor.heard).toContain("event: typing");
  await line.press("Backspace");
  await expect(async () => {
    await visitor.type();
    await expect(talk.getByRole("status")).toHaveText("Vera Lund writes …", { timeout: 4_000 });
  }).toPass();
  await page.reload();
  await expect(line).toHaveValue("Each office has one space in the garage.");

  // Handed to Ben, who is told of it and gives it back; Ana takes it again.
  const ben = await openDesk(stage, browser, "Ben Okafor");
  await talk.getByRole("button", { name: "Hand on" }).click();
  await page.getByRole("menuitem", { name: "Ben Okafor" }).click();
  await expect(page.getByText("Ben Okafor has the chat now")).toBeVisible();
  await expect(talk).toBeHidden();
  await ben.page.goto(new URL("/chats", ben.desk.address).href);
  await ben.page.getByRole("button", { name: /^Vera Lund/u }).click();
  expect(await findBarriers(ben.page)).toEqual([]);
  await ben.page.getByRole("button", { name: "Hand on" }).click();
  await ben.page.getByRole("menuitem", { name: "Back to the queue" }).click();
  await talk.getByRole("button", { name: "Take it" }).click();
  await expect(line).toHaveValue("Each office has one space in the garage.");

  await stage.stopServer();
  await expectOffline(page);
  await line.press("Enter");
  await expect(talk.getByRole("alert")).toContainText("What you wrote stays here.");
  await expect(line).toHaveValue("Each office has one space in the garage.");
  await bringServerBack(stage, page);
  await expect(async () => {
    await line.press("Enter");
    await expect(line).toHaveValue("", { timeout: 5_000 });
  }).toPass();
  await expect.poll(async () => (await visitor.chat()).turns.at(-1)?.text).toBe("Each office has one space in the garage."); // prettier-ignore

  // Whom it was with, and what came of it, stands in their history.
  await talk.getByRole("button", { name: "Add as lead" }).click();
  await page.getByRole("textbox", { name: "Channel" }).fill("Website");
  await page.getByRole("button", { name: "Add lead" }).click();
  await expect(talk.getByRole("link", { name: "Open lead" })).toBeVisible();
  await talk.getByRole("button", { name: "End", exact: true }).click();
  await page.getByRole("menuitem", { name: "Answered" }).click();
  await expect(talk).toContainText("Ended. Answered.");
  await expect.poll(async () => (await visitor.chat()).state.phase).toBe("ended");
  await talk.getByRole("link", { name: "Open lead" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Vera Lund" })).toBeVisible();
  await expect(timeline(page)).toContainText("Chat on the website (Mira)");

  // The admin reads it, and that stands in the log.
  await console.getByRole("link", { name: "Bot chats" }).click();
  await console.getByRole("link", { name: "Vera Lund" }).click();
  await expect(console.getByRole("log")).toContainText("Hello Vera, Ana here.");
  await console.getByRole("link", { name: "Audit log" }).click();
  await expect(console.getByRole("main")).toContainText("Read a visitor’s conversation");
  site.close();
});
