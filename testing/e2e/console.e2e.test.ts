import type { Page } from "@playwright/test";
import { SignedIn } from "../../shared/sync/session-wire.ts";
import { signInAdmin } from "./admin-api.ts";
import { BusinessSettings } from "../../sync-server/admin/wire.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole, goTo, holdChanges } from "./console-page.ts";
import { undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

const password = "a few words are easiest";

test("an admin adds a field, moves it by key, and takes it back", async ({ sharedStage: stage, page }) => {
  const complaints = listenForComplaints(page);
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: /^Custom fields/u }).click();
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByLabel("Label").fill("Fit-out budget");
  await expect(page.getByLabel("Key")).toHaveValue("fit_out_budget");
  await page.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: "One of several" }).click();
  await page.getByLabel("New option").fill("Under 50k");
  await page.getByLabel("New option").press("Enter");
  await page.getByLabel("New option").fill("Over 50k");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Add the field" }).click();

  const rows = page.getByRole("list", { name: "Fields of leads" }).getByRole("link");
  await expect(rows.last()).toContainText("Fit-out budget");
  await expect(page).toHaveURL(/\/console\/fields\/leads\/fit_out_budget$/u);
  const count = await rows.count();

  await page.getByRole("button", { name: /^Move Fit-out budget/u }).press("ArrowUp");
  await expect(rows.nth(count - 2)).toContainText("Fit-out budget");
  await undoFromToast(page, "The order is changed.");
  await expect(rows.last()).toContainText("Fit-out budget");

  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("heading", { name: "Archived" })).toBeVisible();
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByRole("heading", { name: "Archived" })).toBeHidden();

  await page.reload();
  await expect(rows.last()).toContainText("Fit-out budget");
  expect(complaints).toEqual([]);
});

test("an invited person comes in by the link, and later by the password", async ({
  sharedStage: stage,
  page,
  browser,
}) => {
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail").fill("new.person@northgate.example");
  await page.getByRole("combobox", { name: "Teams" }).click();
  await page.getByRole("option", { name: "Accounts" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const sent = page.getByRole("textbox", { name: "Send this link to new.person@northgate.example" });
  await expect(sent).toHaveValue(/\/invitation\//u);
  const link = await sent.inputValue();
  await page.getByRole("tab", { name: /Invited 1/u }).click();
  await expect(page.getByRole("row", { name: /new\.person@northgate\.example/u })).toContainText("Accounts");

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "Join Northgate Workspaces" })).toBeVisible();
  await theirs.getByLabel("Your name").fill("Nadia New");
  await theirs.getByLabel("Choose a password").fill(password);
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(theirs.getByRole("link", { name: "People" })).toHaveCount(0);

  await theirs.getByRole("button", { name: "Sign out" }).click();
  await theirs.getByLabel("E-mail").fill("new.person@northgate.example");
  await theirs.getByLabel("Password", { exact: true }).fill(`not ${password}`);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("alert")).toBeVisible();
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("navigation", { name: "Pages" })).toContainText("Nadia New");

  await page.reload();
  await page.getByRole("link", { name: /Nadia New/u }).click();
  await test.step("two teams that are changed one after the other are both changed, and Undo leaves what others did", async () => {
    const admin = await signInAdmin(stage);
    const nadia = async () => {
      const { people } = await admin.ask<{ people: { name: string; userId: string; teamIds: string[] }[] }>("GET", "/people"); // prettier-ignore
      return people.find(({ name }) => name === "Nadia New");
    };
    const before = await nadia();
    const accounts = before?.teamIds[0];
    const release = await holdChanges(page, "**/api/v1/people/*");
    await page.getByRole("combobox", { name: "Teams" }).click();
    await page.getByRole("option", { name: "New business" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove Accounts" }).click();
    release();
    await expect(page.getByText("Nadia New is in New business now.")).toBeVisible();
    await expect.poll(async () => (await nadia())?.teamIds.length).toBe(1);
    expect((await nadia())?.teamIds).not.toContain(accounts);
    await admin.ask("PATCH", `/people/${before?.userId}`, { teamIds: [] });
    await undoFromToast(page, "Nadia New is in New business now.");
    await expect.poll(async () => (await nadia())?.teamIds).toEqual([accounts]);
  });
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("tab", { name: /Deactivated 1/u })).toBeVisible();
  // What is pointed at stays, however long the other page takes.
  const told = "Nadia New is signed out and cannot sign in.";
  await page.getByRole("status").getByText(told).hover();
  await theirs.reload();
  await expect(theirs.getByRole("button", { name: "Sign in" })).toBeVisible();
  await undoFromToast(page, told);
  await expect(page.getByRole("tab", { name: /Deactivated 0/u })).toBeVisible();
});

test("what an admin changes of the business undoes neither another's change nor one that is on its way", async ({
  stage,
  page,
}) => {
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: "Business" }).click();
  const industry = page.getByLabel("Industry");
  await expect(industry).toHaveValue("Flexible office space");
  const other = await signInAdmin(stage);
  await other.ask("PATCH", "/business", { name: "Northgate Offices", terms: { lead: "prospect" } });

  const release = await holdChanges(page, "**/api/v1/business");
  await industry.fill("Offices");
  await industry.press("Enter");
  await page.getByLabel("One deal is called").fill("contract");
  await page.getByLabel("One deal is called").press("Enter");
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("1 contract");
  release();
  const business = () => other.ask("GET", "/business");
  const theirs = { name: "Northgate Offices", terms: { lead: "prospect" } };
  await expect.poll(business).toMatchObject({ industry: "Offices", terms: { deal: "contract" } });
  await expect.poll(business).toMatchObject(theirs);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Northgate Offices");

  await undoFromToast(page, /is “contract” everywhere now/u);
  await expect.poll(business).toMatchObject({ terms: { deal: "deal" } });
  await expect.poll(business).toMatchObject({ ...theirs, industry: "Offices" });

  const { hours } = BusinessSettings.parse(await business());
  await other.ask("PATCH", "/business", { hours: hours.with(1, null) });
  await page.getByRole("checkbox", { name: "Monday" }).uncheck();
  await expect.poll(business).toMatchObject({ hours: [null, null, ...hours.slice(2)] });
  await other.ask("PATCH", "/business", { hours: [null, null, null, ...hours.slice(3)] });
  await undoFromToast(page, "Monday is closed now.");
  await expect.poll(business).toMatchObject({ hours: [hours[0], null, null, ...hours.slice(3)] });
});

test("a lost device is revoked at once, and wiped only after a question", async ({
  sharedStage: stage,
  page,
}) => {
  const token = await signInDesk(stage.serverUrl, "Ana Ruiz", "Notebook on the train");
  const whoAmI = () =>
    fetch(`${stage.serverUrl}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
  expect((await whoAmI()).status).toBe(200);

  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: /^Devices and sessions/u }).click();
  const row = page.getByRole("row", { name: /Notebook on the train/u });
  await expect(row).toContainText("Signed in");
  await row.getByRole("button", { name: /^Revoke/u }).click();
  await expect(row).toContainText("Revoked");
  expect((await whoAmI()).status).toBe(401);

  await row.getByRole("button", { name: /^Wipe/u }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(row).toContainText("Revoked");
  await row.getByRole("button", { name: /^Wipe/u }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Wipe/u }).click();
  await expect(row).toContainText("Wipe waits for it");

  await page.getByRole("link", { name: "Audit log" }).click();
  const newest = page.getByRole("row").nth(1);
  await expect(newest).toContainText("Wiped a device");
  await expect(newest).toContainText("Notebook on the train");

  await page.context().clearCookies();
  await page.getByRole("combobox", { name: "What" }).click();
  await page.getByRole("option", { name: "Devices" }).click();
  await expect(page.getByRole("button", { name: "Sign in" }), "whose session has ended").toBeVisible();
});

// In parts, so that each is done in time on a slow machine: each page with what it says once it is there.
const pages: readonly (readonly [about: string, person: string, pages: Record<string, string>])[] = [
  [
    "people, work and security",
    "Grace Holloway",
    {
      people: "ana@northgate.example",
      "people/demo-ana": "Signs them out and keeps them out.",
      "people/new": "They see the records of these teams.",
      teams: "Mei Tanaka",
      roles: "Hand over what is theirs",
      fields: "Called budget in files and the API.",
      "fields/leads/new": "Stays as it is once values exist.",
      stages: "Still being worked on.",
      dispositions: "Called tour-booked in files and the API.",
      business: "Every desk uses them",
      devices: "Revoke signs a device out.",
      audit: "Signed in",
      health: "Sync protocol",
      account: "This one",
    },
  ],
  [
    "the phone",
    "Grace Holloway",
    {
      monitor: "Spring call-backs",
      "call-log": "Dmitri Sokolov",
      line: "No carrier: desks cannot call.",
      "line/new": "Rings desks with played callers",
      numbers: "Numbers come with a carrier.",
      "numbers/new": "One that the account has at its carrier.",
      "numbers/bring-in": "No account tells its numbers.",
      queues: "Called sales in files and the API.",
      "queues/new": "It comes last; move it in the list afterwards.",
      "call-lists": "People of this list are handed to whoever works it.",
      "call-lists/spring-call-backs/people": "1 to 15 of 15",
      greetings: "Two minutes at most.",
      "greetings/new": "It comes last; move it in the list afterwards.",
      "break-reasons": "Called lunch in files and the API.",
      "do-not-call": "No number is kept from being called.",
      "do-not-call/new": "One number a line",
      "phone-rules": "Connecticut",
      "phone-rules/hours/US-FL": "Try a number",
    },
  ],
  [
    "coaching",
    "Grace Holloway",
    {
      playbooks: "Overdue invoice",
      "playbooks/new": "It begins as a draft",
      "playbooks/discovery/items/headcount": "The list says",
      "playbooks/support/cards/upset": "The card says",
      "playbooks/collections/about": "Calls that it is for",
      scorecards: "Weights count against each other",
    },
  ],
  [
    "organisations",
    "Olivia Brandt",
    {
      tenants: "Ringside operations",
      "tenants/demo-northgate": "Keeps everybody out.",
      "tenants/new": "They configure everything else.",
      audit: "Signed in",
      health: "Sync protocol",
      account: "This one",
    },
  ],
];

for (const [about, person, paths] of pages) {
  test(`every page about ${about} can be read out, in both themes`, async ({ sharedStage: stage, page }) => {
    const complaints = listenForComplaints(page);
    await enterConsole(page, stage.serverUrl, person);
    for (const [path, shown] of Object.entries(paths)) {
      await goTo(page, path);
      await expect(page.getByRole("main")).toContainText(shown);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect.soft(await findBarriers(page), path).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}

/** What the page's rules refuse, and what it throws; a 401 before signing in is how it asks who one is. */
function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

async function signInDesk(serverUrl: string, person: string, name: string): Promise<string> {
  const demo = `${serverUrl}/api/v1/session/demo`;
  const { people } = (await (await fetch(demo)).json()) as { people: { userId: string; name: string }[] };
  const userId = people.find((one) => one.name === person)?.userId;
  const device = { installation: "console-e2e-notebook", name, platform: "linux", appVersion: "1" };
  const answer = await fetch(demo, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userId, client: { kind: "desk", device } }),
  });
  return SignedIn.parse(await answer.json()).token ?? "";
}
