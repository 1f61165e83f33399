import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import Papa from "papaparse";
import { inTenant, openDatabase, schema } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { ana, ben, newBusiness } from "../../sync-server/demo/people.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { recordingFile } from "../../sync-server/telephony/recordings.ts";
import { fields } from "../fakes/blank-fields.ts";
import { coachedCalls, type CoachedCall } from "../insights/coached-calls.ts";
import type { Stage } from "../processes/stage.ts";
import { twoSides, wavOf } from "../recordings/made-up.ts";
import { findBarriers } from "./barriers.ts";
import { bringServerBack, expectOffline, expectSynced, goTo, openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { readPdf } from "./read-pdf.ts";
import { expect, test } from "./stage.ts";

// What a manager does on a plane, and what comes of it when they have landed.

test.use(withFakeMedia(playsAtOnce));

/** A lead whose name a spreadsheet would run. */
const formula = '=HYPERLINK("http://example.net","Maria")';
const criterion = "Answered what was asked";

test("without a network a manager hears the second, comments, assigns, scores and takes it away as PDF and CSV; the agent and a second scorer see it when there is one", async ({
  stage,
  browser,
}) => {
  const calls = await addCoachedCalls(stage);
  const { page: max, desk } = await openDesk(stage, browser, "Max Albrecht");
  await max.addInitScript(() => {
    window.print = () => void document.documentElement.setAttribute("data-printed", "");
  });
  // Nobody has heard it yet: the desk fetches by itself what is to be reviewed.
  await expectKept(join(stage.folder, desk.name), recordingIn(calls));
  await stage.stopServer();
  await expectOffline(max);

  // Loaded anew, or its print would be the browser's.
  await max.goto(new URL("/insights", max.url()).href);
  const panel = await openMoment(max);
  await hearMoment(max);
  await panel.getByText("Comment", { exact: true }).click();
  await panel
    .getByRole("textbox", { name: "Say something of 0:12" })
    .fill("Here she had asked you something.");
  await panel.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(panel.getByRole("region", { name: "Comments" }).getByRole("listitem")).toContainText(
    "Here she had asked you something.",
  );
  await panel.getByText("Score", { exact: true }).click();
  await score(panel, "4");
  expect.soft(await findBarriers(max)).toEqual([]);
  await panel.getByText("Assign", { exact: true }).click();
  await panel.getByLabel("What to say to Ana").fill("One sentence, then a question.");
  await panel.getByLabel("Practise").fill("Answer, then ask");
  const due = panel.getByRole("textbox", { name: "Due" });
  await due.fill("31.02.2026");
  await panel.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(panel.getByText("Not a day: try")).toBeVisible();
  await expect(due).toBeFocused();
  await due.fill("fri");
  await panel.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(panel.getByRole("heading", { name: "Being practised" })).toBeVisible();

  checkCsv(await exportCsv(max), calls);
  checkPdf(await exportPdf(max), calls);

  await bringServerBack(stage, max);
  await expectSynced(max);
  const { page: agent } = await openDesk(stage, browser);
  await goTo(agent, "/insights", "Insights");
  const own = agent.getByRole("complementary", { name: "Coaching" });
  await own.getByRole("button", { name: /^Answer, then ask/u }).click();
  await expect(own.getByRole("region", { name: "Comments" }).getByRole("listitem")).toContainText(
    /Max Albrecht.*Here she had asked you something\./u,
  );
  const told = calls.find(({ call }) => call.recording !== "")?.call.id ?? "";
  await goTo(agent, `/calls?open=${told}`, "Calls");
  const report = agent.getByRole("region", { name: "Report of this call" });
  await expect(report).toContainText(/Comments\s*0:12\s*Here she had asked you something\.\s*Max Albrecht/u);
  expect.soft(await findBarriers(agent)).toEqual([]);
  await goTo(agent, "/tasks?show=upcoming", "Tasks");
  await expect(agent.getByText("Practise: Answer, then ask")).toBeVisible();

  // Whoever scores second sees the first one's points when their own are given, without a network too.
  const { page: grace } = await openDesk(stage, browser, "Grace Holloway");
  await stage.stopServer();
  await expectOffline(grace);
  await goTo(grace, "/insights", "Insights");
  const second = await openMoment(grace);
  await second.getByText("Score (1 waiting)").click();
  await expect(second).toContainText("1 other scoring of this call. You see it once you have given yours.");
  await expect(second.getByRole("columnheader", { name: "Max" })).toBeHidden();
  await score(second, "1");
  await expect(rowOf(second).getByRole("cell").nth(1)).toHaveText("4");
  await bringServerBack(stage, grace, max);
  await expectSynced(grace);
  const first = await openMoment(max);
  await first.getByText("Scored", { exact: true }).click();
  await expect(first.getByRole("columnheader", { name: "Grace" })).toBeVisible();
  await expect(rowOf(first).getByRole("cell").nth(1)).toHaveText("1");
  await expect(rowOf(first).getByRole("cell").nth(1)).toHaveAttribute("data-apart", "true");
});

/** On the disk of this desk, whole. */
async function expectKept(folder: string, key: string): Promise<void> {
  const name = createHash("sha256").update(key).digest("hex");
  const isKept = async () =>
    (await readdir(folder, { recursive: true })).some((path) => basename(path) === name);
  await expect.poll(isKept, { timeout: 90_000 }).toBe(true);
}

function recordingIn(calls: readonly CoachedCall[]): string {
  return calls.find(({ call }) => call.recording !== "")?.call.recording ?? "";
}

/** The strongest moment of all: Ana's, of two minutes. */
async function openMoment(page: Page): Promise<Locator> {
  const moments = page.getByRole("region", { name: "Moments to review" });
  await moments.getByRole("button", { name: /Spoke 120 s without a pause/u }).click();
  const panel = page.getByRole("complementary", { name: "Coaching" });
  await expect(panel.getByRole("region", { name: "Recording and transcript" })).toBeVisible();
  return panel;
}

/** Plays it: the line that is said first is the one in which the moment begins, or on a slow machine one after it. */
async function hearMoment(page: Page): Promise<void> {
  const heard = page.getByRole("region", { name: "Recording and transcript" });
  await heard.getByRole("button", { name: "Play 0:12 to 2:12" }).click();
  const [minutes = "", seconds = ""] = await heard
    .getByRole("listitem")
    .and(page.locator("[aria-current=true]"))
    .getByRole("button")
    .innerText()
    .then((time) => time.split(":"));
  expect(Number(minutes) * 60 + Number(seconds)).toBeGreaterThanOrEqual(10);
  await heard.getByRole("button", { name: "Pause" }).click();
}

async function score(panel: Locator, points: string): Promise<void> {
  await panel.getByRole("combobox", { name: `Points for ${criterion}` }).click();
  await panel.page().getByRole("option", { name: points, exact: true }).click();
  await panel.getByRole("button", { name: "Give my scoring" }).click();
  await expect(panel.getByRole("button", { name: "Change my scoring" })).toBeVisible();
}

function rowOf(panel: Locator): Locator {
  return panel.getByRole("row", { name: criterion });
}

async function exportCsv(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  return readFile(await (await download).path(), "utf8");
}

function checkCsv(text: string, calls: readonly CoachedCall[]): void {
  const rows = Papa.parse<string[]>(text.replace(/^\ufeff/u, "")).data;
  expect(rows.find(([name]) => name === "Calls")).toEqual(["Calls", String(calls.length)]);
  for (const [name, agentId] of [
    ["Ana Ruiz", ana],
    ["Ben Okafor", ben],
  ] as const) {
    const shares = sharesOf(calls, agentId);
    const [, count, , share] = rows.find(([first]) => first === name) ?? [];
    expect([name, count]).toEqual([name, String(shares.length)]);
    expect(Number(share), name).toBeCloseTo(mean(shares), 9);
  }
  const moment = rows.find(([words]) => words === "Spoke 120 s without a pause");
  expect(moment?.slice(1, 3)).toEqual(["Ana Ruiz", `'${formula}`]);
  expect(moment?.slice(4)).toEqual(["12000", "132000", "yes"]);
  expect(rows.find(([words]) => words === "Answer, then ask")?.slice(0, 2)).toEqual(["Answer, then ask", "Ana Ruiz"]); // prettier-ignore
  expect(rows.flat().filter((cell) => /^[=@]|^[+-](?![\d.]+$)/u.test(cell))).toEqual([]);
}

async function exportPdf(page: Page): Promise<Buffer> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As PDF, or on paper" }).click();
  await expect(page.locator("html[data-printed]")).toBeVisible();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  // The page is as it was, once it was printed.
  await expect(page.getByRole("article", { name: "Coaching report" })).toBeHidden();
  return pdf;
}

function checkPdf(bytes: Buffer, calls: readonly CoachedCall[]): void {
  const { pages, text } = readPdf(bytes);
  expect(pages).toBeGreaterThan(1);
  const said = text.replaceAll(/\s+/gu, " ");
  expect(said).toContain("Northgate Workspaces");
  expect(said).toContain(`${calls.length} calls`);
  for (const [name, agentId] of [
    ["Ana Ruiz", ana],
    ["Ben Okafor", ben],
  ] as const)
    // prettier-ignore
    expect(said).toContain(`${name} ${Math.round(mean(sharesOf(calls, agentId)) * 100)}%`);
  expect(said).toContain(`Spoke 120 s without a pause Ana Ruiz ${formula}`);
  expect(said).toContain("Being practised What Who Until Done when So far Answer, then ask Ana Ruiz");
}

function sharesOf(calls: readonly CoachedCall[], agentId: string): number[] {
  const own = calls.filter(({ call }) => call.agentId === agentId);
  return own.map(({ report }) => report.metrics["talkShare"] ?? Number.NaN);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Calls of Ana's and Ben's of the last days; the first of Ana's was recorded, and has the strongest moment of all. */
async function addCoachedCalls(stage: Stage): Promise<CoachedCall[]> {
  await stage.stopServer();
  const db = await openDatabase({ kind: "embedded", dataDir: join(stage.folder, "server") });
  const agents = [{ userId: ana, teamId: newBusiness }, { userId: ben, teamId: newBusiness }]; // prettier-ignore
  const lead = { id: "lead-of-the-moment", ...fields.lead({ name: formula, ownerId: ana, teamId: newBusiness }) }; // prettier-ignore
  const options = { seed: 11, count: 12, untilMs: Date.now() - 3_600_000, days: 5, segments: 40 };
  const calls = [...coachedCalls({ ...options, agents, leadIds: [lead.id] })];
  const told = calls.find(({ call }) => call.agentId === ana);
  if (!told) throw new Error("Ana has none of the calls");
  const key = `${told.call.id}-recorded`;
  told.call.recording = key;
  told.report.moments = [{ kind: "monologue", good: false, text: "Spoke 120 s without a pause", atMs: 12_000, endMs: 132_000 }]; // prettier-ignore
  const file = recordingFile(join(stage.folder, "server", "recordings"), demoTenant.id, key);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wavOf(twoSides, { seconds: 150 }));
  const { id } = demoTenant;
  const at = { now: new Date().toISOString() };
  await inTenant(db, { tenantId: id }, async (tx) => {
    const recorded = { tenantId: id, importId: "import-1", contentHash: key, callId: told.call.id };
    await tx.insert(schema.importedRecordings).values(recorded);
    await saveRecords(tx, id, "leads", [lead], at);
    await saveRecords(tx, id, "calls", calls.map(({ call }) => call), at); // prettier-ignore
    await saveRecords(tx, id, "insights", calls.map(({ report }) => report), at); // prettier-ignore
    await saveRecords(tx, id, "segments", calls.flatMap(({ segments }) => segments), at); // prettier-ignore
  });
  await db.close();
  await stage.startServer();
  return calls;
}
