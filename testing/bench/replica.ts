import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import type { InputOf } from "../../shared/rpc/define.ts";
import { find, listLeads } from "../../shared/rpc/contract/leads.ts";
import { phoneLevels, publishLevels } from "../../shared/rpc/contract/phone.ts";
import { editRecords, record } from "../../shared/rpc/contract/records.ts";
import { session, signInDemo } from "../../shared/rpc/contract/session.ts";
import type { Client } from "../../shared/rpc/client.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { generateLeads } from "../../sync-server/demo/index.ts";
import { ben } from "../../sync-server/demo/people.ts";
import { findChromium } from "../../tools/chromium.ts";
import { until, type RunningDesk } from "../processes/desk.ts";
import { openLab, residentMB, untilLive, untilSignedIn, type Lab } from "./lab.ts";
import { chromiumArgs } from "./window-blocks.ts";
import {
  median,
  quantile,
  withFloor,
  type Bench,
  type BenchOptions,
  type Measurement,
} from "./measurement.ts";

const leads = 100_000;
const sort = { field: "score", direction: "desc" } as const;
const everything: InputOf<typeof listLeads> = { filters: [], sort, search: "", offset: 0, limit: 50 };

/** A desk that holds 100,000 leads. */
export const fullReplica: Bench = {
  ids: ["search.p95", "edit.window.p95", "open.100k", "replica.rss", "replica.disk-ratio"],
  async run(options) {
    const lab = await openLab(options.folder, leads, options.log);
    const dataDir = join(options.folder, "full-desk");
    try {
      await fill(lab, dataDir, options);
      return [...(await measureOpening(lab, dataDir, options)), ...(await measureUse(lab, dataDir, options))];
    } finally {
      await lab.close();
    }
  },
};

async function fill(lab: Lab, dataDir: string, { log }: BenchOptions): Promise<void> {
  log("syncing a desk");
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  await untilSignedIn(window);
  await untilLive(window);
  await until(window, listLeads, everything, ({ total }) => total >= leads);
  window.close();
  await desk.close();
}

/** From starting the program on a full replica to the first painted list in a real page. */
async function measureOpening(
  lab: Lab,
  dataDir: string,
  { runs, folder, log }: BenchOptions,
): Promise<Measurement[]> {
  const full: number[] = [];
  const empty: number[] = [];
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
  });
  const emptyDir = join(folder, "empty-desk");
  await makeEmptyDesk(emptyDir, lab);
  const openOnce = async (deskDir: string, selector: string) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const startedMs = performance.now();
    const desk = await lab.openDesk(deskDir);
    await page.goto(desk.address);
    await page.locator(selector).first().waitFor();
    const tookMs = performance.now() - startedMs;
    await page.close();
    await desk.close();
    return tookMs;
  };
  try {
    for (let round = 0; round < runs; round++) {
      full.push(await openOnce(dataDir, "[role=row] >> text=/[0-9]{2}/"));
      empty.push(await openOnce(emptyDir, "[role=grid], main"));
      log(`open ${full.at(-1)?.toFixed(0)} ms, empty ${empty.at(-1)?.toFixed(0)} ms`);
    }
  } finally {
    await browser.close();
  }
  return [
    withFloor({ id: "open.100k", value: median(full), unit: "ms", reach: "< 1500", runs }, median(empty)),
  ];
}

/** A desk of somebody to whom none of the leads belongs, in step with the server: it has nothing to fetch. */
async function makeEmptyDesk(dataDir: string, lab: Lab): Promise<void> {
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  await untilSignedIn(window);
  await window.call(signInDemo, { userId: ben });
  await until(window, session, {}, ({ session: at }) => at.state === "signed-in" && at.person.userId === ben);
  await untilLive(window);
  window.close();
  await desk.close();
}

/** All in ms but `residentMB` and `diskMB`. */
type Use = {
  reads: number[];
  searches: number[];
  edits: number[];
  /** Edits that follow each other at once: each meets the sync of the one before it. */
  burst: number[];
  hops: number[];
  residentMB: number;
  /** The replica's folder afterwards. */
  diskMB: number;
};

async function measureUse(lab: Lab, dataDir: string, { runs, log }: BenchOptions): Promise<Measurement[]> {
  const rounds: Use[] = [];
  for (let round = 0; round < runs; round++) {
    const use = { ...(await useOnce(lab, dataDir)), diskMB: await sizeOf(join(dataDir, "replicas")) };
    rounds.push(use);
    const p95Of = (taken: readonly number[]) => `${quantile(taken, 0.95).toFixed(1)} ms`;
    log(
      `p95 of a search ${p95Of(use.searches)}, of an edit ${p95Of(use.edits)}, in a burst ${p95Of(use.burst)}; ${use.residentMB.toFixed(0)} MB, ${use.diskMB.toFixed(1)} on disk`,
    );
  }
  const medianOf = (value: (use: Use) => number) => median(rounds.map(value));
  const p95Of = (what: "reads" | "searches" | "edits" | "burst" | "hops") =>
    medianOf((use) => quantile(use[what], 0.95));
  const noteOf = (what: "searches" | "edits") =>
    `of ${rounds[0]?.[what].length} a run; median ${medianOf((use) => median(use[what])).toFixed(1)} ms`;
  return [
    withFloor(
      {
        id: "search.p95",
        value: p95Of("searches"),
        unit: "ms",
        reach: "< 50",
        runs,
        note: noteOf("searches"),
      },
      p95Of("reads"),
    ),
    withFloor(
      {
        id: "edit.window.p95",
        value: p95Of("edits"),
        unit: "ms",
        reach: "< 10",
        runs,
        note: `${noteOf("edits")}; one right after the other ${p95Of("burst").toFixed(1)} ms`,
      },
      p95Of("hops"),
    ),
    { id: "replica.rss", value: medianOf((use) => use.residentMB), unit: "MB", reach: "< 350", runs },
    compareDisk(rounds.map(({ diskMB }) => diskMB)),
  ];
}

/** One desk, started anew, with two windows. */
async function useOnce(lab: Lab, dataDir: string): Promise<Omit<Use, "diskMB">> {
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  const other = await desk.openWindow();
  try {
    await untilLive(window);
    const { rows } = await until(window, listLeads, everything, (list) => list.rows.length > 0);
    await until(window, find, { text: "kowalski", limit: 8 }, () => true);
    // The index is built behind the first list: measuring starts where people have settled in.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const ids = rows.map(({ id }) => id);
    const one = { collection: "leads", id: ids[0] as RecordId } as const;
    return {
      reads: await time(300, () => until(window, record, one, () => true)),
      searches: await measureSearch(window),
      edits: await measureEdits(window, other, ids, mostPauseMs),
      burst: await measureEdits(window, other, ids, 0),
      hops: await measureHops(window, other),
      residentMB: await settledMemory(desk),
    };
  } finally {
    window.close();
    other.close();
    await desk.close();
  }
}

async function time(times: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < times; index++) {
    const startedMs = performance.now();
    await work(index);
    taken.push(performance.now() - startedMs);
  }
  return taken;
}

/** Every prefix of names as they are typed, right and with a typo. */
function measureSearch(window: Client): Promise<number[]> {
  const names = generateLeads({ seed: 7, count: 60 }).map(({ name }) => name.toLowerCase());
  const typed = names.flatMap((name) => [
    name.slice(0, 2),
    name.slice(0, 4),
    name,
    name.slice(0, 3) + name.slice(4),
    `${name.slice(1, 2)}${name.slice(0, 1)}${name.slice(2)}`,
  ]);
  return time(typed.length, (index) =>
    until(window, listLeads, { ...everything, search: typed[index] ?? "" }, () => true),
  );
}

/** Thirty edits a second are more than a person makes, and few enough that not every one meets the sync of another. */
const mostPauseMs = 60;

/**
 * From the command in one window to the new row in the live list of another one, in ms.
 * @param pauseMs each begins so long after the one before it at most, by chance
 */
async function measureEdits(
  window: Client,
  other: Client,
  ids: readonly RecordId[],
  pauseMs: number,
): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < 200; index++) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs));
    const startedMs = performance.now();
    await editOnce(window, other, ids[index % ids.length] as RecordId, `City ${index}-${Date.now()}`);
    taken.push(performance.now() - startedMs);
  }
  return taken;
}

async function editOnce(window: Client, other: Client, id: RecordId, city: string): Promise<void> {
  const seen = until(other, listLeads, everything, ({ rows }) =>
    rows.some((row) => row.id === id && row.city === city),
  );
  await window.call(editRecords, { edits: [{ collection: "leads", id, set: { city } }], label: "Bench" });
  await seen;
}

/** A bare message from one window to the other through the same process, which keeps nothing of it: how loud it is. */
async function measureHops(window: Client, other: Client): Promise<number[]> {
  let heard = (_microphone: number) => {};
  const stop = other.onEvent(phoneLevels, ({ microphone }) => heard(microphone));
  const taken = await time(200, async (index) => {
    const level = index / 1_000;
    const arrived = new Promise<void>((resolve) => {
      heard = (microphone) => microphone === level && resolve();
    });
    await window.call(publishLevels, { microphone: level, speaker: 0 });
    await arrived;
  });
  stop();
  return taken;
}

async function settledMemory(desk: RunningDesk): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return residentMB(desk.replicaPid());
}

/** The replica's folder against the records' JSON. Each use goes on where the one before it ended, as on a desk. */
function compareDisk(sizes: readonly number[]): Measurement {
  const jsonMB =
    generateLeads({ seed: 7, count: leads }).reduce(
      (sum, lead) => sum + Buffer.byteLength(JSON.stringify(lead)),
      0,
    ) /
    2 ** 20;
  return {
    id: "replica.disk-ratio",
    value: median(sizes) / jsonMB,
    unit: "x",
    reach: "< 2.5",
    runs: sizes.length,
    note: `${Math.min(...sizes).toFixed(0)} to ${Math.max(...sizes).toFixed(0)} MB on disk`,
  };
}

/** In MB. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
}
