import type { Page } from "@playwright/test";
import { WebSocketServer } from "ws";
import { signInAdmin } from "./admin-api.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("an admin makes a queue and keeps a number from being called", async ({ sharedStage: stage, page }) => {
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: /^Queues/u }).click();
  await expect(page.getByRole("link", { name: /^Sales/u })).toContainText("2 people");
  await page.getByRole("button", { name: "Add a queue" }).click();
  await page.getByLabel("Label").fill("Tour requests");
  await page.getByRole("combobox", { name: "People" }).click();
  await page.getByRole("option", { name: "Ana Ruiz" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add the queue" }).click();
  await expect(page).toHaveURL(/\/console\/queues\/tour-requests$/u);

  const rings = page.getByLabel("A desk rings for, in seconds");
  await rings.fill("2");
  await rings.press("Enter");
  await expect(page.getByText("It stays as it was.")).toBeVisible();
  await expect(rings).toHaveValue("20");
  await page.getByRole("combobox", { name: "Then" }).click();
  await page.getByRole("option", { name: "Queue “Sales”" }).click();
  await expect(page.getByText("Where callers go then is changed.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Then" })).toContainText("Sales");

  await page.getByRole("link", { name: /^Do not call/u }).click();
  await page.getByRole("button", { name: "Add numbers" }).click();
  await page.getByRole("textbox", { name: /^Number(?!s)/u }).fill("(312) 555-0147");
  await page.getByLabel("Reason").fill("Asked by mail");
  await page.getByRole("button", { name: "Add the number" }).click();
  const row = page.getByRole("row", { name: /\+1 312-555-0147/u });
  await expect(row).toContainText("Asked by mail");
  await expect(row).toContainText("Grace Holloway");

  await page.getByRole("button", { name: "Add numbers" }).click();
  await page.getByLabel("Numbers", { exact: true }).fill("312 555 0160, Moved away\nnot a number");
  await page.getByRole("button", { name: "Add the list" }).click();
  await expect(page.getByText("1 added, 0 stood there before.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Lines that were not read" })).toContainText("Line 2");
  await expect(page.getByLabel("Numbers", { exact: true }), "what was not read stays").toHaveValue(
    "not a number",
  );
  await page.getByRole("button", { name: "Allow calls to +1 312-555-0147 again" }).click();
  await expect(row).toBeHidden();
  await undoFromToast(page, "+1 312-555-0147 may be called again.");
  await expect(row).toBeVisible();

  const many = Array.from({ length: 500 }, (_, at) => `+1202555${String(1_000 + at)}`);
  const admin = await signInAdmin(stage);
  await admin.ask("POST", "/do-not-call/import", { text: many.join("\n"), reason: "Asked by mail" });
  await page.reload();
  const numbers = page.getByRole("table", { name: "Numbers not to call" }).getByRole("row");
  for (const shown of [100, 200, 300, 400, 500]) {
    await expect(numbers).toHaveCount(shown + 1);
    await page.getByRole("button", { name: "Show more" }).click();
  }
  await expect(numbers, "however many there are").toHaveCount(many.length + 3);
  await page.getByRole("button", { name: "Allow calls to +1 202-555-1250 again" }).click();
  await expect(numbers, "every page stays where it was").toHaveCount(many.length + 2);
});

test("an admin decides when a place is called, makes a call list, and sees both queues as they are now", async ({
  sharedStage: stage,
  page,
}) => {
  await enterConsole(page, stage.serverUrl);
  await changeFloridasHours(page, stage.serverUrl);
  await makeCallList(page);
  await takeSomebodyOut(page, stage.serverUrl);
  await page.getByRole("link", { name: "Live monitor" }).click();
  await expect(page.getByRole("table", { name: "Queues" })).toContainText("Sales");
  await expect(page.getByRole("table", { name: "Live calls" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Autumn renewals/u })).toContainText("Paused");
  await expect(page.getByRole("list", { name: "Offline" })).toContainText("Ana Ruiz");
});

/** Wider than the law, judged at once, and taken back. */
async function changeFloridasHours(page: Page, serverUrl: string): Promise<void> {
  await page.goto(`${serverUrl}/console/phone-rules/hours/US-FL`);
  const wednesday = page.getByLabel("Hours on Wednesday", { exact: true });
  await page.getByRole("button", { name: "Use Ringside’s hours again" }).click();
  await expect(wednesday).toHaveValue("08:00–20:00");

  const trial = page.getByRole("region", { name: "Try a number" });
  const verdict = trial.getByRole("status");
  await trial.getByLabel("Number").fill("+1 305 555 0123");
  await trial.getByLabel("Day", { exact: true }).fill("2 Dec 2026");
  await trial.getByLabel("Time").fill("9pm");
  await trial.getByRole("button", { name: "Try it" }).click();
  await expect(verdict).toContainText("Blocked");
  await expect(verdict).toContainText("Fla. Stat. § 501.616(6)(a)");

  await wednesday.fill("no idea");
  await wednesday.press("Enter");
  await expect(page.getByText("Try 9-13, 14-20")).toBeVisible();
  await wednesday.fill("8-12, 1pm to 10pm");
  await wednesday.press("Enter");
  await expect(wednesday).toHaveValue("08:00–12:00, 13:00–22:00");
  await expect(page.getByRole("note")).toContainText("Wednesday 20:00–22:00");
  await expect(verdict, "judged anew by what holds now").toContainText("Allowed");

  await page.getByRole("button", { name: "Use Ringside’s hours again" }).click();
  await expect(page.getByRole("note")).toBeHidden();
  await expect(verdict).toContainText("Blocked");
  await undoFromToast(page, "Ringside’s hours hold in Florida again.");
  await expect(wednesday).toHaveValue("08:00–12:00, 13:00–22:00");
}

async function makeCallList(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Call lists/u }).click();
  await page.getByRole("button", { name: "Add a call list" }).click();
  await page.getByLabel("Label").fill("Autumn renewals");
  await page.getByRole("button", { name: "Add the call list" }).click();
  await expect(page).toHaveURL(/\/console\/call-lists\/autumn-renewals$/u);

  await page.getByRole("combobox", { name: "Mode" }).click();
  await page.getByRole("option", { name: /^Power/u }).click();
  const reading = page.getByLabel("Time to read, in seconds");
  await reading.fill("30");
  await reading.press("Enter");
  const busy = page.getByLabel("Busy: again after");
  await busy.fill("2 h");
  await busy.press("Enter");
  await page.getByRole("checkbox", { name: "The dial failed: try again" }).uncheck();
  await expect(page.getByText("No more attempts", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("link", { name: /^Autumn renewals/u })).toContainText("Paused");
  await page.reload();
  await expect(busy).toHaveValue("2 h");
  await expect(reading).toHaveValue("30");
}

/** Of the demo's list, and back. */
async function takeSomebodyOut(page: Page, serverUrl: string): Promise<void> {
  await page.goto(`${serverUrl}/console/call-lists/spring-call-backs/people`);
  const people = page.getByRole("table", { name: "People of Spring call-backs" }).getByRole("row");
  const first = people.nth(1).getByRole("button", { name: /^Remove/u });
  const label = (await first.getAttribute("aria-label")) ?? "";
  await first.click();
  const theirs = page.getByRole("button", { name: label, exact: true });
  await expect(theirs).toBeHidden();
  await undoFromToast(page, "is not called from “Spring call-backs” any more.");
  await expect(theirs).toBeVisible();
}

test("an admin sets up lines, has them tested, adds a number and finds its call with all that was said of it", async ({
  sharedStage: stage,
  page,
}) => {
  const exchange = await refuseEverybody();
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: "Line", exact: true }).click();
  await page.getByRole("link", { name: "Add the first account" }).click();
  await page.getByRole("radio", { name: /^Simulated carrier/u }).check();
  await page.getByRole("button", { name: "Add the account" }).click();
  await expect(page.getByRole("link", { name: /^Simulated carrier/u })).toContainText("In use");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("“Simulated carrier” answers")).toBeVisible();

  await page.getByRole("button", { name: "Add an account" }).click();
  await page.getByRole("radio", { name: /^Your own exchange/u }).check();
  await page.getByLabel("Name", { exact: true }).fill("Office");
  await page.getByLabel("WebSocket address").fill("ws://pbx.example.com");
  await page.getByLabel("Domain").fill("pbx.example.com");
  await page.getByRole("button", { name: "Add the account" }).click();
  await expect(page.getByRole("alert")).toContainText("Server: must begin with wss://.");
  await page.getByLabel("WebSocket address").fill(exchange.url);
  await page.getByRole("button", { name: "Add the account" }).click();
  await page.getByLabel("Extension of Ana Ruiz").fill("101");
  await page.getByLabel("Extension of Ana Ruiz").press("Enter");
  await page.getByLabel("Password of Ana Ruiz").fill("not hers");
  await page.getByLabel("Password of Ana Ruiz").press("Enter");
  await expect(page.getByLabel("Password of Ana Ruiz")).toHaveAttribute("placeholder", /^Kept/u);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("“Office” answers, but refuses: 101: 403 Forbidden.")).toBeVisible();
  expect.soft(await findBarriers(page)).toEqual([]);

  await page.getByRole("link", { name: /^Numbers/u }).click();
  await page.getByRole("button", { name: "Add a number" }).click();
  await page.getByRole("textbox", { name: /^Number/u }).fill("(312) 555-0199");
  await page.getByRole("combobox", { name: "Rings" }).click();
  await page.getByRole("option", { name: "Grace Holloway alone" }).click();
  await page.getByLabel("Ring outside of business hours too").check();
  await page.getByRole("button", { name: "Add the number" }).click();
  await expect(page.getByRole("heading", { name: "+1 312-555-0199" })).toBeVisible();
  await expect(page.getByRole("row", { name: /555-0199/u })).toContainText("Grace Holloway alone");
  expect.soft(await findBarriers(page)).toEqual([]);

  await page.getByRole("link", { name: "Call log" }).click();
  await page.getByLabel("Search").fill("(312) 555-0199");
  await expect(page.getByText("No call fits this filter.")).toBeVisible();
  const admin = await signInAdmin(stage);
  await admin.ask("POST", "/telephony/demo/calls", { caller: null });
  const call = page.getByRole("row", { name: /\+1 \d/u });
  await expect(call, "the log is live").toHaveCount(1, { timeout: 60_000 });
  await call.getByRole("link").click();
  const events = page.getByRole("list", { name: "What happened" });
  await expect(events.getByRole("listitem").first()).toContainText("calls +1 312-555-0199");
  await events.getByRole("button", { name: /^Raw/u }).first().click();
  await expect(events).toContainText('"type": "offered"');
  expect.soft(await findBarriers(page)).toEqual([]);
  exchange.close();
});

/** An exchange that lets nobody register. */
async function refuseEverybody(): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "sip" });
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      const repeated = String(data).match(/^(?:Call-ID|CSeq):.*$/gmu) ?? [];
      socket.send(["SIP/2.0 403 Forbidden", ...repeated.map((line) => line.trim()), "", ""].join("\r\n"));
    }),
  );
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  return { url: `ws://127.0.0.1:${port}`, close: () => server.close() };
}
