import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { measureDexie } from "./dexie/measure-dexie.ts";
import { until } from "../processes/desk.ts";
import { openLab, untilLive, type Lab } from "./lab.ts";
import { watchForBlocks } from "./window-blocks.ts";
import { median, withFloor, type Bench, type BenchOptions } from "./measurement.ts";

const leads = 50_000;
const run = promisify(execFile);

/** A new desk of a large tenant: from the first page asked for to everything stored. */
export const firstSync: Bench = {
  ids: ["sync.first.vs-dexie", "sync.first.vs-copy", "sync.first.window-block"],
  async run(options) {
    const lab = await openLab(options.folder, leads, options.log);
    try {
      const ours: number[] = [];
      const copies: number[] = [];
      const dexies: number[] = [];
      const blocks: number[] = [];
      for (let round = 0; round < options.runs; round++) {
        const { syncMs, longestBlockMs } = await syncOnce(lab, options, round);
        const copyMs = await copyOnce(options, round);
        const dexieMs = await measureDexie(lab, leads);
        options.log(
          `ours ${syncMs.toFixed(0)} ms, COPY ${copyMs.toFixed(0)} ms, Dexie ${dexieMs.toFixed(0)} ms, window ${longestBlockMs.toFixed(0)} ms`,
        );
        ours.push(syncMs);
        copies.push(copyMs);
        dexies.push(dexieMs);
        blocks.push(longestBlockMs);
      }
      const ratios = (others: number[], ratio: (own: number, other: number) => number) =>
        median(ours.map((own, index) => ratio(own, others[index] ?? Number.NaN)));
      const seconds = `ours ${(median(ours) / 1000).toFixed(2)} s`;
      return [
        {
          id: "sync.first.vs-dexie",
          value: ratios(dexies, (own, other) => other / own),
          unit: "x",
          reach: ">= 4",
          runs: options.runs,
          note: `${seconds}, Dexie ${(median(dexies) / 1000).toFixed(2)} s`,
        },
        {
          id: "sync.first.vs-copy",
          value: ratios(copies, (own, other) => own / other),
          unit: "x",
          reach: "<= 2",
          runs: options.runs,
          note: `${seconds}, COPY ${(median(copies) / 1000).toFixed(2)} s`,
        },
        withFloor(
          {
            id: "sync.first.window-block",
            value: median(blocks),
            unit: "ms",
            reach: "< 50",
            runs: options.runs,
          },
          await idleBlock(lab, options),
        ),
      ];
    } finally {
      await lab.close();
    }
  },
};

async function syncOnce(
  lab: Lab,
  { folder }: BenchOptions,
  round: number,
): Promise<{ syncMs: number; longestBlockMs: number }> {
  const desk = await lab.openDesk(join(folder, `desk-${round}`));
  const page = await watchForBlocks(desk.address);
  const window = await desk.openWindow();
  try {
    await until(window, syncStatus, {}, ({ phase }) => phase === "first-sync" || phase === "live");
    const startedMs = performance.now();
    await until(
      window,
      syncStatus,
      {},
      ({ phase, leadsOnDevice }) => phase === "live" && leadsOnDevice >= leads,
    );
    return { syncMs: performance.now() - startedMs, longestBlockMs: await page.longestBlockMs() };
  } finally {
    window.close();
    await page.close();
    await desk.close();
  }
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
