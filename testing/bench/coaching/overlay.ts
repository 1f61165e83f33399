import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { dismissCard, liveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import { until } from "../../processes/desk.ts";
import { openCallStage, type CallStage } from "../calls/call-stage.ts";
import { whenShown } from "../calls/page-clock.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { bareWindow } from "./bare-window.ts";
import { cardTitle, codewords } from "./bench-playbook.ts";
import { beginCoachedCall, type CoachedCall } from "./coached-call.ts";
import { measureShares } from "./measure-shares.ts";
import { becameOf } from "./painted-after.ts";
import type { TellWords } from "./tell-words.ts";

/** How often each is done, however many runs of slower benches are asked for. */
const times = Number(process.env["BENCH_CALL_TIMES"] ?? 40);
/** A card is put away, and another one may come up. */
const everyMs = 1_100;

/** From the carrier's telling, by its webhook, to what the overlay of the desk paints, with 50,000 leads in the replica. */
export const overlay: Bench = {
  ids: ["coach.metric.p95", "coach.card.p95"],
  async run({ folder, log, wants }) {
    const stage = await openCallStage(folder, log);
    try {
      const { window, tell, hangUp } = await beginCoachedCall(stage);
      const floor = quantile(await bareWindow(window.context(), times), 0.95);
      const measured: Measurement[] = [];
      if (wants("coach.metric.p95")) measured.push(await measureMetric(stage, { window, tell }, floor));
      if (wants("coach.card.p95"))
        measured.push(
          measurementOf("coach.card.p95", "< 200", await measureCards(stage, window, tell), floor),
        );
      await hangUp();
      return measured;
    } finally {
      await stage.close();
    }
  },
};

function measurementOf(id: string, reach: string, taken: readonly number[], floor: number): Measurement {
  const note = `median ${median(taken).toFixed(0)} ms, from the carrier's webhook to the painted overlay`;
  const value = quantile(taken, 0.95);
  return withFloor({ id, value, unit: "ms", reach, runs: taken.length, note }, floor);
}

async function measureMetric(
  { client }: CallStage,
  call: Pick<CoachedCall, "window" | "tell">,
  floor: number,
): Promise<Measurement> {
  const painted = await measureShares({ ...call, client }, (told) => told >= times);
  const measured = measurementOf("coach.metric.p95", "< 100", painted.delaysMs, floor);
  return { ...measured, note: `${measured.note}; ${becameOf(painted)}` };
}

async function measureCards({ client }: CallStage, window: Page, tell: TellWords): Promise<number[]> {
  const taken: number[] = [];
  let said = "";
  for (const codeword of codewords.slice(0, times + 1)) {
    said += ` code ${codeword}`;
    const shown = await whenShown(window, { selector: "h2", text: cardTitle(codeword) });
    const toldAt = performance.timeOrigin + performance.now();
    await tell("customer", said.trim());
    taken.push((await shown.at) - toldAt);
    const { call } = await until(client, liveCoaching, { overlay: false }, (live) => live.call?.card?.key === codeword); // prettier-ignore
    if (call) await client.call(dismissCard, { callId: call.callId, card: codeword });
    await sleep(everyMs);
  }
  return taken.slice(1);
}
