import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";

export type Alarm = NonNullable<LiveCoaching["alarm"]>;
export type AlarmLimits = PlaybookRules["alarms"];

/** What alarms are raised from; null = not so at this moment. Times on the call's clock. */
export type Signals = {
  /** Since when the agent speaks without a pause. */
  monologueSinceMs: number | null;
  /** Since when nobody speaks. */
  quietSinceMs: number | null;
  /** The agent's pace over the last half minute, in words a minute. */
  paceWpm: number | null;
};

/** @property goneSinceMs since when its cause has been gone; null = it is still there */
export type AlarmState = { alarm: Alarm; shownAtMs: number; goneSinceMs: number | null } | null;

/** Read at a glance, and it never blinks: it stays so long whatever happens. */
const leastShownMs = 3_000;
/** A breath between two sentences ends no monologue. */
const goneForMs = 1_500;
/** An alarm of pace goes at this share of its limit: around the limit it would come and go. */
const paceEasesAt = 0.93;

/** Most urgent first. */
const kinds = ["monologue", "dead-air", "pace"] as const satisfies Alarm["kind"][];

/** What is warned of next: at most one thing, raised at its limit and gone a while after its cause. */
export function nextAlarm(
  state: AlarmState,
  signals: Signals,
  limits: AlarmLimits,
  atMs: number,
): AlarmState {
  if (state === null) return raise(signals, limits, atMs);
  const same = alarmOf(state.alarm.kind, signals, limits, atMs, true);
  if (same) return { ...state, alarm: same, goneSinceMs: null };
  const goneSinceMs = state.goneSinceMs ?? atMs;
  const stays = atMs - goneSinceMs < goneForMs || atMs - state.shownAtMs < leastShownMs;
  return stays ? { ...state, goneSinceMs } : raise(signals, limits, atMs);
}

function raise(signals: Signals, limits: AlarmLimits, atMs: number): AlarmState {
  for (const kind of kinds) {
    const alarm = alarmOf(kind, signals, limits, atMs, false);
    if (alarm) return { alarm, shownAtMs: atMs, goneSinceMs: null };
  }
  return null;
}

function alarmOf(
  kind: Alarm["kind"],
  { monologueSinceMs, quietSinceMs, paceWpm }: Signals,
  { monologueMs, deadAirMs, paceWpm: fastest }: AlarmLimits,
  atMs: number,
  raised: boolean,
): Alarm | null {
  switch (kind) {
    case "monologue":
      return lasting(kind, monologueSinceMs, monologueMs, atMs);
    case "dead-air":
      return lasting(kind, quietSinceMs, deadAirMs, atMs);
    case "pace":
      if (paceWpm === null || fastest === null) return null;
      return paceWpm > fastest * (raised ? paceEasesAt : 1) ? { kind, value: paceWpm } : null;
  }
}

function lasting(
  kind: "monologue" | "dead-air",
  sinceMs: number | null,
  limitMs: number | null,
  atMs: number,
): Alarm | null {
  if (sinceMs === null || limitMs === null || atMs - sinceMs < limitMs) return null;
  return { kind, value: atMs - sinceMs };
}
