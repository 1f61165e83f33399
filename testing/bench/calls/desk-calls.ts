import { bareBroadcast } from "../bare-broadcast.ts";
import {
  median,
  quantile,
  withFloor,
  type Bench,
  type BenchOptions,
  type Measurement,
} from "../measurement.ts";
import { bareCall } from "./bare-call.ts";
import { openCallStage, type CallStage } from "./call-stage.ts";
import { measureControls } from "./control.ts";
import { measureDialling } from "./dial.ts";
import { measureReload } from "./reload.ts";
import { measureRinging } from "./ring.ts";
import { measureSipDialling, measureSipRinging, type SipTimes } from "./sip.ts";
import { beginTalk } from "./talk.ts";

/** How often each is done, however many runs of slower benches are asked for. */
const times = Number(process.env["BENCH_CALL_TIMES"] ?? 40);

/** Calls at a desk in a browser, with sound, by the simulated carrier and by a company's own exchange. */
export const deskCalls: Bench = {
  ids: ["call.dial.p95", "call.ring.p95", "call.control.p95", "call.reload.gap"],
  async run(options) {
    const { wants } = options;
    const stage = await openCallStage(options.folder, options.log);
    try {
      const measured: Measurement[] = [];
      if (wants("call.dial.p95")) measured.push(await dialling(stage, options));
      if (wants("call.ring.p95")) measured.push(await ringing(stage, options));
      if (wants("call.control.p95") || wants("call.reload.gap"))
        measured.push(...(await talking(stage, options)));
      return measured;
    } finally {
      await stage.close();
    }
  },
};

async function dialling(stage: CallStage, { log }: BenchOptions): Promise<Measurement> {
  const sip = await measureSipDialling(stage.browser, times);
  const floor = await bareCall(stage.browser, times);
  const { p95, median, runs } = await measureDialling(stage, times);
  log(`dialling: median ${ms(median)}`);
  const note = `simulator p95 ${ms(p95)} (median ${ms(median)}, of which 50 are the network's); ${ofSip(sip)}`;
  const value = Math.max(p95, sip?.p95 ?? 0);
  return withFloor(
    { id: "call.dial.p95", value, unit: "ms", reach: "< 700", runs, note },
    quantile(floor, 0.95),
  );
}

async function ringing(stage: CallStage, { log }: BenchOptions): Promise<Measurement> {
  const { p95, median, runs } = await measureRinging(stage, times);
  log(`ringing: median ${ms(median)}`);
  const sip = await measureSipRinging(stage, times);
  const note = `webhook p95 ${ms(p95)} (median ${ms(median)}); ${ofSip(sip)}`;
  const value = Math.max(p95, sip?.p95 ?? 0);
  return withFloor({ id: "call.ring.p95", value, unit: "ms", reach: "< 300", runs, note }, await hop());
}

async function talking(stage: CallStage, { wants, log, runs }: BenchOptions): Promise<Measurement[]> {
  const talk = await beginTalk(stage);
  const measured: Measurement[] = [];
  if (wants("call.control.p95")) {
    const { muteHeard, ...controlled } = await measureControls(stage, talk, times);
    const each = Object.entries(controlled);
    const told = [...each, ["mute as the caller hears it", muteHeard] as const];
    const note = told
      .map(([name, { p95, median }]) => `${name} ${ms(p95)} (median ${ms(median)})`)
      .join(", ");
    log(note);
    const value = Math.max(...each.map(([, { p95 }]) => p95));
    measured.push(
      withFloor(
        { id: "call.control.p95", value, unit: "ms", reach: "< 100", runs: times, note },
        await hop(),
      ),
    );
  }
  if (wants("call.reload.gap")) measured.push(gapOf(await measureReload(stage, talk, runs)));
  await talk.end();
  return measured;
}

/** Beyond what is missing while nothing happens. Floor: a call between two bare pages in the same moments. */
function gapOf({ rounds, quiet }: Awaited<ReturnType<typeof measureReload>>): Measurement {
  const worst = ({ ours }: (typeof rounds)[number]) => Math.max(ours.callerMs, ours.agentMs);
  const each = rounds.map((round) => Math.max(0, worst(round) - worst(quiet)));
  const parts = rounds.map(({ ours, bareMs }) => `${ms(ours.callerMs)}/${ms(ours.agentMs)}/${ms(bareMs)}`);
  const note = `caller, agent, two bare pages: ${parts.join(", ")}; nothing happening ${ms(quiet.ours.callerMs)}/${ms(quiet.ours.agentMs)}/${ms(quiet.bareMs)}`;
  return {
    ...{ id: "call.reload.gap", value: median(each), unit: "ms", reach: "<= 0", runs: rounds.length, note },
    floor: median(rounds.map(({ bareMs }) => bareMs)),
  };
}

async function hop(): Promise<number> {
  return quantile(await bareBroadcast({ sockets: 1, writes: 120, perSecond: 50, bytes: 800 }), 0.95);
}

function ofSip(sip: SipTimes | null): string {
  return sip === null
    ? "SIP not measured: Kamailio is not installed"
    : `SIP p95 ${ms(sip.p95)} (median ${ms(sip.median)})`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
