import {
  metricUnits,
  type CallMetrics,
  type MetricName,
  type MetricUnit,
} from "../../../shared/coaching/metrics/catalogue.ts";
import type { LiveReading } from "../../../shared/coaching/metrics/live-metrics.ts";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import type { LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import type { Coach, ShownCard } from "./coach-machine.ts";

/** @property answeredAtMs since the epoch, by this machine's clock */
export type CoachedCall = Pick<LiveCoaching, "callId"> & { answeredAtMs: number };

type Coached = {
  call: CoachedCall;
  customer: string;
  playbook: Playbook | null;
  coach: Coach;
  reading: LiveReading;
  transcript: LiveCoaching["transcript"];
  why: string;
};

/** What windows show of a call's coaching, as finely as anybody can see it: two that look alike are alike. */
export function viewCoaching({
  call,
  customer,
  playbook,
  coach,
  reading,
  transcript,
  why,
}: Coached): LiveCoaching {
  const { alarm, card, items, snoozedUntilMs } = coach;
  return {
    callId: call.callId,
    customer,
    answeredAt: instantAt(call, 0),
    transcript,
    why: transcript === "absent" || transcript === "stopped" ? why : "",
    metrics: shownMetrics(reading.metrics),
    mood: reading.mood,
    playbook: playbook && { key: playbook.key, version: playbook.version, label: playbook.label },
    checklist: (playbook?.items ?? []).map(({ key, label, hint }) => ({
      ...{ key, label, hint },
      ...(items[key] ?? { doneAtMs: null, byHand: false }),
    })),
    card: card && cardOf(card, playbook),
    alarm: alarm && { ...alarm.alarm, value: floorTo(alarmSteps[alarm.alarm.kind], alarm.alarm.value) },
    snoozedUntil: snoozedUntilMs > 0 ? instantAt(call, snoozedUntilMs) : null,
  };
}

/** Those that windows show. They change with what is said alone: of others each second would be news. */
const shown = [
  "talkShareOfSpeech",
  "longestMonologueMs",
  "interruptionsByAgent",
  "paceWpm",
] as const satisfies MetricName[];

function shownMetrics(metrics: CallMetrics): LiveCoaching["metrics"] {
  return Object.fromEntries(
    shown.flatMap((name) => {
      const value = metrics[name];
      return value === undefined ? [] : [[name, roundTo(steps[metricUnits[name]], value)]];
    }),
  );
}

const steps: Readonly<Record<MetricUnit, number>> = {
  share: 0.01,
  ms: 1_000,
  count: 1,
  "per-minute": 0.1,
  "words-per-minute": 1,
  score: 0.1,
};
const alarmSteps = { monologue: 1_000, "dead-air": 1_000, pace: 5 } as const;

function roundTo(step: number, value: number): number {
  return Number((Math.round(value / step) * step).toFixed(2));
}

/** As a clock counts: a second is one when it is over. */
function floorTo(step: number, value: number): number {
  return Math.floor(value / step) * step;
}

function cardOf(
  { saidAtMs: _saidAtMs, ...card }: ShownCard,
  rules: Pick<PlaybookRules, "cards"> | null,
): LiveCoaching["card"] {
  const written = rules?.cards.find(({ key }) => key === card.key);
  if (!written) return null;
  const wordedBy = card.lines === null ? "playbook" : "model";
  return { ...card, title: written.title, lines: [...(card.lines ?? written.lines)], wordedBy };
}

function instantAt({ answeredAtMs }: CoachedCall, atMs: number): string {
  return new Date(answeredAtMs + atMs).toISOString();
}
