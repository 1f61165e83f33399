import { bareBroadcast } from "../bare-broadcast.ts";
import { quantile, withFloor, type Bench, type BenchOptions, type Measurement } from "../measurement.ts";
import { bareCall } from "./bare-call.ts";
import { openCallStage, type CallStage } from "./call-stage.ts";
import { measureControls } from "./control.ts";
import { measureDialling } from "./dial.ts";
import { measureReload } from "./reload.ts";
import { measureRinging } from "./ring.ts";
import { measureSip, type SipTimes } from "./sip.ts";
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
      const sip =
        wants("call.dial.p95") || wants("call.ring.p95") ? await measureSip(stage.browser, times) : null;
      const measured: Measurement[] = [];
      if (wants("call.dial.p95")) measured.push(await dialling(stage, sip, options));
      if (wants("call.ring.p95")) measured.push(await ringing(stage, sip, options));
      if (wants("call.control.p95") || wants("call.reload.gap"))
        measured.push(...(await talking(stage, options)));
      return measured;
    } finally {
      await stage.close();
    }
  },
};

async function dialling(stage: CallStage, sip: SipTimes | null, { log }: BenchOptions): Promise<Measurement> {
  const floor = await bareCall(stage.browser, times);
  const { p95, median, runs } = await measureDialling(stage, times);
  log(`dialling: median ${ms(median)}`);
  const note = `simulator p95 ${ms(p95)} (median ${ms(median)}, of which 50 are the network's); ${ofSip(sip, "dial")}`;
  const value = Math.max(p95, sip?.dial.p95 ?? 0);
  return withFloor(
    { id: "call.dial.p95", value, unit: "ms", reach: "< 700", runs, note },
    quantile(floor, 0.95),
  );
}

async function ringing(stage: CallStage, sip: SipTimes | null, { log }: BenchOptions): Promise<Measurement> {
  const { p95, median, runs } = await measureRinging(stage, times);
  log(`ringing: median ${ms(median)}`);
  const note = `webhook p95 ${ms(p95)} (median ${ms(median)}); ${ofSip(sip, "ring")}`;
  const value = Math.max(p95, sip?.ring.p95 ?? 0);
  return withFloor({ id: "call.ring.p95", value, unit: "ms", reach: "< 300", runs, note }, await hop());
}

async function talking(stage: CallStage, { wants, log }: BenchOptions): Promise<Measurement[]> {
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
  if (wants("call.reload.gap")) {
    const { ours, quiet, tookMs } = await measureReload(stage, talk);
    const note = `caller ${ms(ours.callerMs)}, agent ${ms(ours.agentMs)} in ${ms(tookMs)}; as long without: ${ms(quiet.callerMs)}, ${ms(quiet.agentMs)}`;
    const beyond = Math.max(0, ours.callerMs - quiet.callerMs, ours.agentMs - quiet.agentMs);
    measured.push({ id: "call.reload.gap", value: beyond, unit: "ms", reach: "<= 0", runs: 1, note });
  }
  await talk.end();
  return measured;
}

async function hop(): Promise<number> {
  return quantile(await bareBroadcast({ sockets: 1, writes: 120, perSecond: 50, bytes: 800 }), 0.95);
}

function ofSip(sip: SipTimes | null, what: "dial" | "ring"): string {
  return sip === null
    ? "SIP not measured: Kamailio is not installed"
    : `SIP p95 ${ms(sip[what].p95)} (median ${ms(sip[what].median)})`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
