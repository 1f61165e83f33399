import type { CallState } from "../../../shared/calls/call.ts";
import { togetherSince, type Apart } from "../../../shared/coaching/metrics/apart.ts";
import type { LiveReading } from "../../../shared/coaching/metrics/live-metrics.ts";
import { createLiveMetrics } from "../../../shared/coaching/metrics/live-metrics.ts";
import type { CompiledPlaybook } from "../../../shared/coaching/playbook/compile-playbook.ts";
import type { Alike } from "../../../shared/coaching/playbook/meanings.ts";
import { retellCall } from "../../../shared/coaching/playbook/retell-call.ts";
import { startMatching, type MayFire } from "../../../shared/coaching/playbook/start-matching.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import type { LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import type { Signals } from "./alarm.ts";
import { freshCoach, goneUnseen, keepsBack, nextCoach, type CoachEvent, type Deed } from "./coach-machine.ts";
import { createRecentPace } from "./recent-pace.ts";
import { viewCoaching, type CoachedCall } from "./view-coaching.ts";

/** One call, coached. Times in ms on the call's clock. */
export type CallCoach = {
  readonly call: CoachedCall;
  hear(utterances: readonly Utterance[], atMs: number): void;
  /** What an utterance means the same as, as soon as that is known. */
  compare(utterance: Utterance, alike: Alike, atMs: number): void;
  /** Sound was on the line for so long, whoever made it. */
  hearSound(forMs: number): void;
  /** @returns the deed as it is to be kept: of a card that was seen also what had called for it */
  do(deed: Deed): Deed;
  /** A model has words for the card that came up at `shownAtMs`. */
  word(card: { key: string; shownAtMs: number }, lines: readonly string[], atMs: number): void;
  /** When the two did not hear each other, as far as it is known: no quiet counts, and no monologue goes across. */
  part(apart: Apart): void;
  /** What they answered who had to be asked: without a yes that is needed no word comes, and nobody knows of quiet. */
  heed(consent: CallState["consent"]): void;
  /** Time has passed. */
  pass(atMs: number): void;
  /**
   * @param now.customer as they are known by now
   * @param now.stopped whoever wrote down what is said does so no more
   * @param now.absent nobody is asked to write it down
   * @param now.why whoever should write it down does not; empty = nothing is known of that
   */
  view(now: Now): LiveCoaching;
};

type Now = { customer: string; stopped: boolean; absent: boolean; why: string };

export type ChosenPlaybook = { playbook: Playbook; compiled: CompiledPlaybook };

/** So much sound without a word of it in the transcript: there is none, or it has come to an end before the call. */
const stoppedAfterSoundMs = 20_000;

/** A card for what was said so long ago helps nobody: it was compared late, or again after a restart. */
const lateMs = 10_000;

/** What was said and done in a call until now, and when the two did not hear each other. Times on the call's clock. */
type Past = {
  utterances: readonly Utterance[];
  deeds: readonly Deed[];
  apart: Apart;
  consent: CallState["consent"];
  untilMs: number;
};

/** No call lasts longer; by a clock that was put right meanwhile one may seem to. */
const longestMs = 24 * 3_600_000;

/** @param past as after a restart: gone through again, it leads to the same state as it did then */
export function coachCall(call: CoachedCall, chosen: ChosenPlaybook | null, past: Past): CallCoach {
  const rules = chosen?.playbook ?? null;
  const metrics = createLiveMetrics();
  const matching = chosen && startMatching(chosen.compiled);
  const pace = createRecentPace();
  let coach = freshCoach;
  let reading = metrics.read(0);
  let apart = past.apart;
  let heardAny = false;
  let soundMs = 0;
  let { consent } = past;
  /** Words were withheld, and none has come since: how long it has been quiet is not known. */
  let isResuming = isWithheld();
  // The call's clock began at the server's answer, which may be a little before this desk's.
  let saidUntilMs = 0;
  const read = (atMs: number) => metrics.read(Math.max(atMs, saidUntilMs));

  function take(event: CoachEvent): void {
    const before = coach;
    coach = nextCoach(before, event, rules);
    const unseen = goneUnseen(before, coach);
    if (unseen) matching?.giveBack({ key: unseen.key, atMs: unseen.saidAtMs });
  }

  /**
   * An item always, a card where somebody will see it. What nobody sees uses nothing up: a snooze that is over leaves no
   * card resting for what was said meanwhile.
   * @param atMs null: as long ago as it was said
   */
  function whereSeen(atMs: number | null): MayFire {
    return ({ target, key, atMs: saidAtMs }) => target === "item" || !keepsBack(coach, key, atMs ?? saidAtMs);
  }

  /** @param atMs null: as long ago as it was said */
  function hearOne(utterance: Utterance, atMs: number | null): void {
    metrics.hear(utterance);
    saidUntilMs = Math.max(saidUntilMs, utterance.endMs);
    for (const noticed of matching?.hear(utterance, whereSeen(atMs)) ?? [])
      take({ type: "noticed", noticed, atMs: atMs ?? noticed.atMs });
  }

  /** @param mayBeQuiet what nobody says is heard as well */
  function tick(atMs: number, mayBeQuiet: boolean): void {
    const heard = mayBeQuiet ? reading : { ...reading, quietSinceMs: null };
    for (const noticed of matching?.tick(atMs, heard, whereSeen(atMs)) ?? [])
      take({ type: "noticed", noticed, atMs });
  }

  function remember(): void {
    const { utterances, deeds, untilMs } = past;
    metrics.part(apart);
    const said = utterances.filter(({ final }) => final);
    const didAt = deeds.map(({ atMs }) => atMs);
    const lastSaidMs = said.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
    for (const { nowMs, tellings } of retellCall(said, Math.min(untilMs, longestMs), didAt)) {
      for (const telling of tellings) hearOne(telling, null);
      reading = read(nowMs);
      // What comes after the last word may have been withheld.
      tick(nowMs, !isWithheld() || nowMs <= lastSaidMs);
      for (const deed of deeds.filter(({ atMs }) => atMs === nowMs)) redo(deed);
    }
    // What is still guessed goes on to be told.
    for (const guess of utterances.filter(({ final }) => !final)) hearOne(guess, null);
    heardAny = utterances.length > 0;
  }

  function redo(deed: Deed): void {
    if (deed.do !== "see") return take({ type: "did", deed });
    take({ type: "had-seen", seen: deed });
    // Told once more, or compared again, the same words bring it up no second time.
    if (deed.calledFor) matching?.letThrough({ key: deed.card, atMs: deed.calledFor.saidAtMs });
  }

  function withCause(deed: Deed): Deed {
    const { card } = coach;
    if (deed.do !== "see" || card?.key !== deed.card || card.shownAtMs !== deed.shownAtMs) return deed;
    return { ...deed, calledFor: { phrase: card.phrase, saidAtMs: card.saidAtMs } };
  }

  remember();
  return {
    call,
    hear(utterances, atMs) {
      heardAny = true;
      soundMs = 0;
      isResuming = isWithheld();
      for (const utterance of utterances) hearOne(utterance, atMs);
      reading = read(atMs);
    },
    compare(utterance, alike, atMs) {
      const isLate = atMs - utterance.endMs > lateMs;
      const mayFire: MayFire = isLate ? ({ target }) => target === "item" : whereSeen(atMs);
      for (const noticed of matching?.compare(utterance, alike, mayFire) ?? [])
        take({ type: "noticed", noticed, atMs });
    },
    hearSound(forMs) {
      if (!isWithheld()) soundMs += forMs;
    },
    do(deed) {
      take({ type: "did", deed });
      return withCause(deed);
    },
    word: ({ key, shownAtMs }, lines, atMs) => take({ type: "worded", key, shownAtMs, lines, atMs }),
    part(told) {
      apart = told;
      metrics.part(told);
    },
    heed(answer) {
      consent = answer;
      isResuming ||= isWithheld();
      // What was heard in vain until then tells nothing of a transcript that begins or goes on only now.
      if (isWithheld()) soundMs = 0;
    },
    pass(atMs) {
      reading = read(atMs);
      const isHeard = togetherSince(apart, atMs) !== null && transcript() === "heard" && !isResuming;
      tick(atMs, isHeard);
      const paceWpm = pace.read(atMs, reading.metrics);
      const signals = isHeard ? signalsOf(reading, paceWpm) : null;
      take({ type: "passed", atMs, signals });
    },
    view({ customer, ...told }) {
      const { why } = told;
      return viewCoaching({
        call,
        customer,
        playbook: rules,
        coach,
        reading,
        transcript: shownAs(told),
        why,
      });
    },
  };

  function isWithheld(): boolean {
    return consent === "needed" || consent === "refused";
  }

  function transcript(): "silent" | "absent" | "heard" | "stopped" {
    const isMissing = soundMs >= stoppedAfterSoundMs;
    if (!heardAny) return isMissing ? "absent" : "silent";
    return isMissing ? "stopped" : "heard";
  }

  function shownAs({ stopped, absent, why }: Omit<Now, "customer">): LiveCoaching["transcript"] {
    const heard = transcript();
    if (consent === "needed" && !absent) return heardAny ? "paused" : "unagreed";
    if (consent === "refused") return heardAny ? "stopped" : "absent";
    if (heard === "silent" && (absent || (stopped && why !== ""))) return "absent";
    return heard === "heard" && stopped ? "stopped" : heard;
  }
}

function signalsOf({ speaking, quietSinceMs }: LiveReading, paceWpm: number | null): Signals {
  const monologueSinceMs = speaking?.speaker === "agent" ? speaking.sinceMs : null;
  return { monologueSinceMs, quietSinceMs, paceWpm };
}
