import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { measureDexie } from "./dexie/measure-dexie.ts";
import { until } from "../processes/desk.ts";
import { openLab, untilLive, type Lab } from "./lab.ts";
import { processorMs } from "./processor.ts";
import { watchForBlocks } from "./window-blocks.ts";
import { median, withFloor, type Bench, type BenchOptions } from "./measurement.ts";

const leads = 50_000;
const run = promisify(execFile);

/**
 * A new desk of a large tenant: from the first page asked for to everything stored. Neither the peer nor the floor draws
 * anything, so they are compared with a desk whose window is a client without a page; a page is there where its blocks
 * are measured, and what it takes meanwhile is told beside them.
 */
export const firstSync: Bench = {
  ids: ["sync.first.vs-dexie", "sync.first.vs-copy", "sync.first.window-block"],
  async run(options) {
    const lab = await openLab(options.folder, leads, options.log);
    try {
      const rounds: Round[] = [];
      for (let round = 0; round < options.runs; round++) rounds.push(await runRound(lab, options, round));
      const medianOf = (value: (round: Round) => number) => median(rounds.map(value));
      const secondsOf = (value: (round: Round) => number) => `${(medianOf(value) / 1000).toFixed(2)} s`;
      const own = `ours ${secondsOf(({ oursMs }) => oursMs)} without a page`;
      return [
        {
          id: "sync.first.vs-dexie",
          value: medianOf(({ oursMs, dexieMs }) => dexieMs / oursMs),
          unit: "x",
          reach: ">= 4",
          runs: options.runs,
          note: `${own}, Dexie ${secondsOf(({ dexieMs }) => dexieMs)}`,
        },
        {
          id: "sync.first.vs-copy",
          value: medianOf(({ oursMs, copyMs }) => oursMs / copyMs),
          unit: "x",
          reach: "<= 2",
          runs: options.runs,
          note: `${own}, COPY ${secondsOf(({ copyMs }) => copyMs)}`,
        },
        withFloor(
          {
            id: "sync.first.window-block",
            value: medianOf(({ blockMs }) => blockMs),
            unit: "ms",
            reach: "< 50",
            runs: options.runs,
            note: `the sync took ${secondsOf(({ shownMs }) => shownMs)} with this page`,
          },
          await idleBlock(lab, options),
        ),
      ];
    } finally {
      await lab.close();
    }
  },
};

/** All in ms. `shownMs` as `oursMs`, with a page that shows it; `blockMs` that page's longest block. */
type Round = { oursMs: number; copyMs: number; dexieMs: number; shownMs: number; blockMs: number };

async function runRound(lab: Lab, options: BenchOptions, round: number): Promise<Round> {
  const bare = await syncOnce(lab, join(options.folder, `desk-${round}`));
  const copyMs = await copyOnce(options, round);
  const dexieMs = await measureDexie(lab, leads);
  const shown = await syncOnce(lab, join(options.folder, `shown-desk-${round}`), watchForBlocks);
  options.log(
    `ours ${bare.tookMs.toFixed(0)} ms (processor: ${bare.spent}), COPY ${copyMs.toFixed(0)} ms, ` +
      `Dexie ${dexieMs.toFixed(0)} ms; with a page ${shown.tookMs.toFixed(0)} ms (${shown.spent}), ` +
      `longest block ${shown.blockMs.toFixed(0)} ms`,
  );
  return {
    oursMs: bare.tookMs,
    copyMs,
    dexieMs,
    shownMs: shown.tookMs,
    blockMs: shown.blockMs,
  };
}

/** @param openPage on the desk, before the sync begins; without one nothing is drawn */
async function syncOnce(
  lab: Lab,
  dataDir: string,
  openPage?: typeof watchForBlocks,
): Promise<{ tookMs: number; blockMs: number; spent: string }> {
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  // Before the page is there: the sync does not wait for it.
  const begun = until(window, syncStatus, {}, ({ phase }) => phase === "first-sync" || phase === "live").then(
    () => ({
      startedMs: performance.now(),
      spent: followProcessor({ server: lab.serverPid(), replica: desk.replicaPid() }),
    }),
  );
  const page = await openPage?.(desk.address);
  try {
    const { startedMs, spent } = await begun;
    await until(
      window,
      syncStatus,
      {},
      ({ phase, leadsOnDevice }) => phase === "live" && leadsOnDevice >= leads,
    );
    const tookMs = performance.now() - startedMs;
    return { tookMs, spent: spent(), blockMs: (await page?.longestBlockMs()) ?? 0 };
  } finally {
    window.close();
    await page?.close();
    await desk.close();
  }
}

/** @returns what tells how much of the processor each has had since */
function followProcessor(pids: Readonly<Record<string, number>>): () => string {
  const before = new Map(Object.entries(pids).map(([name, pid]) => [name, processorMs(pid)]));
  return () =>
    Object.entries(pids)
      .map(([name, pid]) => `${name} ${processorMs(pid) - (before.get(name) ?? 0)} ms`)
      .join(", ");
}

/** The same rows by COPY into a bare PGlite on disk, in a process of its own. */
async function copyOnce({ folder }: BenchOptions, round: number): Promise<number> {
  const script = join(import.meta.dirname, "copy-floor.ts");
  const { stdout } = await run(process.execPath, [script, join(folder, `copy-${round}`), String(leads)]);
  return Number(stdout);
}

/** What the same page shows when nothing is synced: an open desk at rest. */
async function idleBlock(lab: Lab, { folder }: BenchOptions): Promise<number> {
  const desk = await lab.openDesk(join(folder, "desk-0"));
  const window = await desk.openWindow();
  try {
    await untilLive(window);
    const page = await watchForBlocks(desk.address);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const blockMs = await page.longestBlockMs();
    await page.close();
    return Math.max(1, blockMs);
  } finally {
    window.close();
    await desk.close();
  }
}
