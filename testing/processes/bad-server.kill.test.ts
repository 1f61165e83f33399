import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { record } from "../../shared/rpc/contract/records.ts";
import { syncNow, syncStatus } from "../../shared/rpc/contract/sync.ts";
import { until, type RunningDesk } from "./desk.ts";
import { startFaultyProxy, type Fault } from "./faulty-proxy.ts";
import { makeLead, typeTitle, untilSent } from "./at-the-desk.ts";
import { makeServerFolder } from "./server-folder.ts";
import { openStage, type Stage } from "./stage.ts";

// What a server, or whatever stands before it, may do to a real desk.

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(makeServerFolder);
});
afterAll(() => stage.close());

/** What the desk says meanwhile; null = that nobody answers is all there is to say. */
const faults: [Fault, RegExp | null][] = [
  ["error-500", /answered with an error \(500\)/u],
  ["html-page", /makes no sense/u],
  ["half-a-body", null],
  ["slow-drip", null],
  ["cut-connections", null],
];

test("a proxy that answers 500, a page, half a body, drops by drops or not at all: edits wait, the desk says why, and all goes up once", async () => {
  const proxy = await startFaultyProxy(stage.serverUrl);
  const desk = await stage.openDesk({ serverUrl: proxy.url });
  const window = await desk.openWindow();
  await untilSent(window);
  const id = await makeLead(window, "Behind a proxy");
  await untilSent(window);
  let rev = 1;
  for (const [fault, words] of faults) {
    proxy.behave(fault);
    expect((await typeTitle(window, id, fault)).ok, fault).toBe(true);
    const troubled = await until(
      window,
      syncStatus,
      {},
      ({ phase, waiting, trouble }) =>
        phase === "offline" && waiting === 1 && (!words || words.test(trouble ?? "")),
      30_000,
    ).catch((error: unknown) => {
      throw new Error(`${fault}: ${String(error)}`);
    });
    expect(troubled.nextTryAt ?? troubled.phase, fault).toBeTruthy();
    proxy.behave("none");
    await window.call(syncNow, {});
    await untilSent(window);
    rev += 1;
    // Half a body: the server had taken the edit although the desk could not know it.
    expect((await stage.readLeads()).get(id), fault).toMatchObject({ title: fault, rev, kept: [] });
  }
  await desk.close();
  await proxy.close();
}, 240_000);

test("clocks a year off, both ways: edits arrive, and the server's order decides, not the clocks'", async () => {
  const ahead = await openShifted("ahead", 365 * 86_400_000);
  const behind = await openShifted("behind", -365 * 86_400_000);
  const [early, late] = [await ahead.openWindow(), await behind.openWindow()];
  await untilSent(early);
  await untilSent(late);
  const id = await makeLead(early, "Wrong clocks");
  await until(late, record, { collection: "leads", id }, (found) => found.record !== null);
  expect((await typeTitle(early, id, "from the future")).ok).toBe(true);
  await untilSent(early);
  await until(
    late,
    record,
    { collection: "leads", id },
    (found) => found.record?.["title"] === "from the future",
  );
  expect((await typeTitle(late, id, "from the past, but later")).ok).toBe(true);
  await untilSent(late);
  const shown = await until(
    early,
    record,
    { collection: "leads", id },
    (found) => found.record?.["title"] === "from the past, but later",
    30_000,
  );
  const stored = (await stage.readLeads()).get(id);
  expect(stored).toMatchObject({ title: "from the past, but later", rev: 3, kept: [] });
  // The desks' clocks are really wrong, and the server's own is what the record says.
  expect(Math.abs(Date.now() - Date.parse(String(shown.record?.["updatedAt"])))).toBeLessThan(3_600_000);
  const status = await until(early, syncStatus, {}, ({ lastSyncedAt }) => lastSyncedAt !== null);
  expect(Date.parse(status.lastSyncedAt ?? "") - Date.now()).toBeGreaterThan(300 * 86_400_000);
  await ahead.close();
  await behind.close();
}, 120_000);

async function openShifted(name: string, shiftMs: number): Promise<RunningDesk> {
  const before = process.env["NODE_OPTIONS"];
  process.env["NODE_OPTIONS"] = `--import=${join(import.meta.dirname, "shift-clock.ts")}`;
  process.env["CLOCK_SHIFT_MS"] = String(shiftMs);
  try {
    return await stage.openDesk({ name });
  } finally {
    if (before === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = before;
    delete process.env["CLOCK_SHIFT_MS"];
  }
}
