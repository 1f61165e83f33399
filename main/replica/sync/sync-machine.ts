import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Random } from "../../../shared/result/ports.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { EndReason } from "../../../shared/sync/wire.ts";
import { backOffMs } from "./back-off.ts";

export type StopReason = Exclude<EndReason, "server-stopping">;

/**
 * Where a desk stands with its server. `failures` counts those in a row, until a pull has gone through;
 * `unopened` the streams in a row that never opened.
 */
export type SyncState =
  | { phase: "idle" }
  | { phase: "stopped"; why: StopReason }
  | { phase: "paused" }
  /** `trouble`: what the server said when it did not answer as it should; null = nobody answered. */
  | { phase: "waiting"; failures: number; unopened: number; until: number; trouble: string | null }
  | Connecting
  | Connected;

type Connecting = { phase: "connecting"; failures: number; unopened: number; trouble: string | null };

export type Connected = {
  phase: "connected";
  failures: number;
  unopened: number;
  /** Null while the stream is open; otherwise how often we have asked without one ([STREAM-7]). */
  polls: number | null;
  /** Collections of which the server has more than we do. */
  behind: readonly CollectionName[];
  pulling: boolean;
  push: "none" | "sending" | "sending-and-more";
};

export type SyncEvent =
  | { type: "start" }
  | { type: "pause" }
  | { type: "resume" }
  /** The person asks, or the machine says that it has a network again. */
  | { type: "now" }
  /** The machine has slept: what is open leads nowhere. */
  | { type: "woke" }
  | { type: "due" }
  | { type: "opened" }
  /** The stream ended before the server had said a word on it. */
  | { type: "unopened"; trouble: string | null }
  | { type: "behind"; collections: readonly CollectionName[] }
  | { type: "pulled" }
  | { type: "edited" }
  | { type: "pushed"; more: boolean }
  | { type: "failed"; trouble: string | null; retryAfterMs?: number }
  | { type: "ended"; why: EndReason };

export type SyncEffect =
  | { do: "connect" }
  | { do: "disconnect" }
  /** Pulls and pushes follow that need no stream. */
  | { do: "go-without-stream" }
  | { do: "pull"; collections: readonly CollectionName[] }
  | { do: "push" }
  /** [SES-3] The sign-in is over, and yet the server may have one more thing to say. */
  | { do: "ask-whether-wiped" }
  | { do: "wait"; delayMs: number };

export type Surroundings = { now: number; random: Random; collections: readonly CollectionName[] };
export type Step = { state: SyncState; effects: SyncEffect[] };

/** So many streams in a row must fail to open before we believe that something on the way refuses them. */
const mostUnopened = 3;
export const pollEveryMs = 10_000;
/** The stream is tried again instead of every so many-th poll: after a minute. */
const pollsPerStream = 6;
/** A device is revoked first, and wiped once somebody is sure that it is lost. */
export const askWhetherWipedEveryMs = 5 * 60_000;

/**
 * The life of a desk's connection, as one pure transition. Invariants (sync-machine.test.ts):
 * - at most one pull and one push are under way, and none while not connected;
 * - whatever made us fall behind or want to send is done after the work under way, never forgotten;
 * - without a stream we ask every `pollEveryMs`, and try the stream again every minute;
 * - waiting ends by itself, paused and stopped only through a person; but who was revoked hears of a wipe ([SES-3]).
 */
export function nextSync(state: SyncState, event: SyncEvent, around: Surroundings): Step {
  switch (event.type) {
    case "start":
      return state.phase === "idle" || state.phase === "stopped" ? connect(fresh) : stay(state);
    case "pause":
      return state.phase === "stopped" ? stay(state) : { state: { phase: "paused" }, effects: [hangUp] };
    case "resume":
      return state.phase === "paused" ? connect(fresh) : stay(state);
    case "now":
      return now(state, around);
    case "woke":
      return woke(state);
    case "due":
      return due(state, around);
    case "opened":
      return state.phase === "connecting" ? opened(state.failures, around) : stay(state);
    case "unopened":
      return state.phase === "connecting" ? unopened(state, event.trouble, around) : stay(state);
    case "failed":
      return isTrying(state) ? fail(state, event, around) : stay(state);
    case "ended":
      return isTrying(state) ? end(state, event.why, around) : endAgain(state, event.why);
    case "behind":
    case "pulled":
    case "edited":
    case "pushed":
      return state.phase === "connected" ? work(state, event) : stay(state);
    default:
      return assertNever(event);
  }
}

const hangUp: SyncEffect = { do: "disconnect" };

function stay(state: SyncState): Step {
  return { state, effects: [] };
}

type Tries = Pick<Connecting, "failures" | "unopened" | "trouble">;
const fresh: Tries = { failures: 0, unopened: 0, trouble: null };

function connect({ failures, unopened: times, trouble }: Tries): Step {
  return {
    state: { phase: "connecting", failures, unopened: times, trouble },
    effects: [{ do: "connect" }],
  };
}

/** The stream is open first, and then everything is pulled, so that nothing falls between ([STREAM-3]). */
function opened(failures: number, { collections }: Surroundings): Step {
  return {
    state: { ...working, failures, unopened: 0, polls: null },
    effects: [{ do: "pull", collections }, { do: "push" }],
  };
}

const working = { phase: "connected", behind: [], pulling: true, push: "sending" } as const;

/** Where streams do not get through, requests may ([STREAM-7]); a server that is down answers neither. */
function unopened(state: Connecting, trouble: string | null, around: Surroundings): Step {
  const times = state.unopened + 1;
  if (times < mostUnopened) return fail({ ...state, unopened: times }, { trouble }, around);
  return {
    state: { ...working, failures: state.failures, unopened: times, polls: 1 },
    effects: [
      { do: "go-without-stream" },
      { do: "pull", collections: around.collections },
      { do: "push" },
      untilNextPoll,
    ],
  };
}

const untilNextPoll: SyncEffect = { do: "wait", delayMs: pollEveryMs };

function due(state: SyncState, around: Surroundings): Step {
  if (state.phase === "stopped") return askWhetherWiped(state);
  if (state.phase === "waiting") return connect(state);
  return state.phase === "connected" && state.polls !== null ? poll(state, state.polls, around) : stay(state);
}

function poll(state: Connected, polls: number, { collections }: Surroundings): Step {
  const busy = state.pulling || state.push !== "none";
  if (polls >= pollsPerStream && !busy) {
    const again = connect({ ...state, trouble: null });
    return { state: again.state, effects: [hangUp, ...again.effects] };
  }
  const asked = work({ ...state, polls: polls + 1 }, { type: "behind", collections });
  return { state: asked.state, effects: [...asked.effects, untilNextPoll] };
}

function now(state: SyncState, { collections }: Surroundings): Step {
  if (state.phase === "stopped") return askWhetherWiped(state);
  if (state.phase === "waiting") return connect({ ...state, failures: 0 });
  // The present try may have begun too early: should it fail, the next one is soon.
  if (state.phase === "connecting") return stay({ ...state, failures: 0 });
  if (state.phase !== "connected") return stay(state);
  const pull = work(state, { type: "behind", collections });
  const push = work(pull.state as Connected, { type: "edited" });
  return { state: push.state, effects: [...pull.effects, ...push.effects] };
}

/** [STREAM-10] Nobody would say that a connection ended while this machine slept. */
function woke(state: SyncState): Step {
  if (state.phase === "stopped") return askWhetherWiped(state);
  if (state.phase === "waiting") return connect(fresh);
  if (!isTrying(state)) return stay(state);
  const again = connect(fresh);
  return { state: again.state, effects: [hangUp, ...again.effects] };
}

type Work = Extract<SyncEvent, { type: "behind" | "pulled" | "edited" | "pushed" }>;

function work(state: Connected, event: Work): Step {
  switch (event.type) {
    case "behind":
      return pullRest({ ...state, behind: union(state.behind, event.collections) });
    case "pulled":
      return pullRest({ ...state, failures: 0, pulling: false });
    case "edited":
      if (state.push !== "none") return stay({ ...state, push: "sending-and-more" });
      return { state: { ...state, push: "sending" }, effects: [{ do: "push" }] };
    case "pushed":
      if (!event.more && state.push !== "sending-and-more") return stay({ ...state, push: "none" });
      return { state: { ...state, push: "sending" }, effects: [{ do: "push" }] };
    default:
      return assertNever(event);
  }
}

function pullRest(state: Connected): Step {
  if (state.pulling || state.behind.length === 0) return stay(state);
  return {
    state: { ...state, pulling: true, behind: [] },
    effects: [{ do: "pull", collections: state.behind }],
  };
}

function isTrying(state: SyncState): state is Connected | Connecting {
  return state.phase === "connected" || state.phase === "connecting";
}

function fail(
  { failures, unopened: times }: Omit<Tries, "trouble">,
  { trouble, retryAfterMs }: { trouble: string | null; retryAfterMs?: number },
  { now: nowMs, random }: Surroundings,
): Step {
  const delayMs = backOffMs(failures + 1, random, retryAfterMs);
  return {
    state: { phase: "waiting", failures: failures + 1, unopened: times, until: nowMs + delayMs, trouble },
    effects: [hangUp, { do: "wait", delayMs }],
  };
}

/** A server that stops for an update comes back; any other end is a person's to lift. */
function end(state: Omit<Tries, "trouble">, why: EndReason, around: Surroundings): Step {
  if (why === "server-stopping") return fail(state, { trouble: null }, around);
  return stop(why);
}

function stop(why: StopReason): Step {
  return {
    state: { phase: "stopped", why },
    effects: why === "revoked" ? [hangUp, untilNextQuestion] : [hangUp],
  };
}

const untilNextQuestion: SyncEffect = { do: "wait", delayMs: askWhetherWipedEveryMs };

function askWhetherWiped(state: Extract<SyncState, { phase: "stopped" }>): Step {
  if (state.why !== "revoked") return stay(state);
  return { state, effects: [{ do: "ask-whether-wiped" }, untilNextQuestion] };
}

/** Of the answers to that question one says more than is known. */
function endAgain(state: SyncState, why: EndReason): Step {
  return state.phase === "stopped" && state.why === "revoked" && why === "wiped" ? stop(why) : stay(state);
}

function union(a: readonly CollectionName[], b: readonly CollectionName[]): CollectionName[] {
  return [...new Set([...a, ...b])];
}
