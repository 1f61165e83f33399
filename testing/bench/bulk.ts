import { join } from "node:path";
import { bulkEditLeads, listLeads } from "../../shared/rpc/contract/leads.ts";
import { jobs, undo } from "../../shared/rpc/contract/records.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { until } from "../processes/desk.ts";
import { openLab, untilLive, type Lab } from "./lab.ts";
import { median, withFloor, type Bench } from "./measurement.ts";

const leads = 20_000;

/** Somebody edits all of their leads and takes it back, while the server has others to answer. */
export const bulkEdits: Bench = {
  ids: ["bulk.server-block", "bulk.undo"],
  async run({ runs, folder, log }) {
    const lab = await openLab(folder, leads, log);
    const desk = await lab.openDesk(join(folder, "bulk-desk"));
    const window = await desk.openWindow();
    try {
      await untilLive(window);
      const sort = { field: "score", direction: "desc" } as const;
      await until(window, listLeads, { filters: [], sort, search: "", offset: 0, limit: 50 }, ({ total }) => total >= leads); // prettier-ignore
      const idle = await blockDuring(lab, () => new Promise((resolve) => setTimeout(resolve, 3_000)));
      // Once for the compilers.
      await editAndUndo(window);
      const blocks: number[] = [];
      const undone: number[] = [];
      for (let round = 0; round < runs; round++) {
        blocks.push(await blockDuring(lab, async () => void undone.push(await editAndUndo(window))));
        log(`server block ${blocks.at(-1)?.toFixed(0)} ms, taken back in ${undone.at(-1)?.toFixed(0)} ms`);
      }
      return [
        withFloor({ id: "bulk.server-block", value: median(blocks), unit: "ms", reach: "< 50", runs }, idle),
        { id: "bulk.undo", value: median(undone), unit: "ms", reach: "< 60000", runs },
      ];
    } finally {
      window.close();
      await desk.close();
      await lab.close();
    }
  },
};

/** @returns how long it took to take everything back, until the server has it; ms */
async function editAndUndo(window: Client): Promise<number> {
  const edited = await window.call(bulkEditLeads, {
    selection: { filters: [], search: "", except: [] },
    set: { stage: "qualified" },
    label: "Bench",
  });
  if (!edited.ok) throw new Error(edited.error.message);
  const { jobId } = edited.value;
  const ended = await until(window, jobs, {}, (value) =>
    value.jobs.some(({ id, state }) => id === jobId && state !== "running"),
  );
  const undoId = ended.jobs.find(({ id }) => id === jobId)?.undoId;
  if (!undoId) throw new Error("nothing can be taken back");
  await untilLive(window);
  const startedMs = performance.now();
  const undone = await window.call(undo, { undoId });
  if (!undone.ok) throw new Error(undone.error.message);
  await untilLive(window);
  return performance.now() - startedMs;
}

/** The longest time that the server's event loop stood still, as its own metrics tell: they begin anew when read. */
async function blockDuring({ serverUrl }: Lab, work: () => Promise<unknown>): Promise<number> {
  const read = async () => (await fetch(`${serverUrl}/metrics`)).text();
  await read();
  await work();
  const [, seconds] = /^ringside_nodejs_eventloop_lag_max_seconds (\S+)$/mu.exec(await read()) ?? [];
  return Number(seconds) * 1000;
}
