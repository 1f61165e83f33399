import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Stage } from "../processes/stage.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));

const machine = "+13125550160";

test("an admin records a greeting; Ana leaves it on a machine, is free at once, and takes a break with its reason", async ({
  stage,
  browser,
  page,
}) => {
  await recordGreeting(page, stage.serverUrl, "Call me back");

  const ana = (await openDesk(stage, browser)).page;
  const opened = ana.context().waitForEvent("page");
  await ana.getByRole("button", { name: "Turn the phone on" }).click();
  await expect((await opened).getByText("Ready for calls.")).toBeVisible();
  const carrier = await findCarrier(stage);
  await carrier("PUT", `/outcomes/${encodeURIComponent(machine)}`, { kind: "voicemail", afterMs: 300 });

  const number = ana.getByRole("textbox", { name: "Name or number" });
  await number.fill(machine);
  await number.press("Enter");
  const call = ana.getByRole("region", { name: "Current call" });
  await expect(call.getByRole("button", { name: "Leave a message" })).toBeVisible();
  await expect(call.getByRole("status")).toHaveText("A machine answered");
  await ana.getByRole("heading", { level: 2 }).first().click();
  await ana.keyboard.press("v");
  await expect(ana.getByRole("menuitem", { name: "Call me back" })).toBeFocused();
  await ana.keyboard.press("Enter");

  const wrapUp = ana.getByRole("region", { name: "Wrap-up" });
  await expect(wrapUp).toContainText("Message left for");
  await ana.getByRole("radio", { name: "Voicemail left" }).click();
  await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(wrapUp).toBeHidden();
  const left = async () => {
    const { messages } = (await carrier("GET", "/messages")) as {
      messages: { to: string; loudMs: number }[];
    };
    return messages.filter(({ to, loudMs }) => to === machine && loudMs > 100).length;
  };
  await expect.poll(left, { message: "the machine has the message" }).toBe(1);

  await ana.getByRole("button", { name: /^Presence:/u }).click();
  await ana.getByRole("menuitem", { name: "Break: Lunch" }).click();
  await expect(ana.getByRole("button", { name: /^Presence:/u })).toContainText("Break · Lunch");
});

/** With the browser's own microphone, which beeps. */
async function recordGreeting(page: Page, serverUrl: string, label: string): Promise<void> {
  await page.goto(`${serverUrl}/console/greetings`);
  await page.getByRole("button", { name: "Grace Holloway" }).click();
  await page.getByRole("link", { name: label }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText("0:02 of 2:00")).toBeVisible();
  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Stop" }), "what was kept is heard").toBeVisible();
  await expect(page.getByRole("button", { name: "Play" }), "to its end").toBeVisible();
  await page.getByRole("button", { name: "Remove the recording" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
}

/** The demo's carrier, by the door that it leaves beside the server's data. */
async function findCarrier({ folder }: Stage) {
  const accounts = join(folder, "server", "simulator");
  const [account = ""] = await readdir(accounts);
  const door = await readFile(join(accounts, account, "control.json"), "utf8");
  const { url, controlToken } = JSON.parse(door) as { url: string; controlToken: string };
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${controlToken}`, "content-type": "application/json" };
    const asked = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(`${url}/control${path}`, asked);
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };
}
