import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Random } from "../../../shared/result/ports.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { EndReason } from "../../../shared/sync/wire.ts";
import { backOffMs } from "./back-off.ts";

export type StopReason = Exclude<EndReason, "server-stopping">;

/** Where a desk stands with its server. `failures` counts those in a row, until a pull has gone through. */
export type SyncState =
  | { phase: "idle" }
  | { phase: "stopped"; why: StopReason }
  | { phase: "paused" }
  /** `trouble`: what the server said when it did not answer as it should; null = nobody answered. */
  | { phase: "waiting"; failures: number; until: number; trouble: string | null }
  | { phase: "connecting"; failures: number; trouble: string | null }
  | Connected;

export type Connected = {
  phase: "connected";
  failures: number;
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
  | { type: "due" }
  | { type: "opened" }
  | { type: "behind"; collections: readonly CollectionName[] }
  | { type: "pulled" }
  | { type: "edited" }
  | { type: "pushed"; more: boolean }
  | { type: "failed"; trouble: string | null; retryAfterMs?: number }
  | { type: "ended"; why: EndReason };

export type SyncEffect =
  | { do: "connect" }
  | { do: "disconnect" }
  | { do: "pull"; collections: readonly CollectionName[] }
  | { do: "push" }
  | { do: "wait"; delayMs: number };

export type Surroundings = { now: number; random: Random; collections: readonly CollectionName[] };
export type Step = { state: SyncState; effects: SyncEffect[] };

/**
 * The life of a desk's connection, as one pure transition. Invariants (sync-machine.test.ts):
 * - at most one pull and one push are under way, and none while not connected;
 * - whatever made us fall behind or want to send is done after the work under way, never forgotten;
 * - waiting ends by itself, paused and stopped only through a person.
 */
export function nextSync(state: SyncState, event: SyncEvent, around: Surroundings): Step {
  switch (event.type) {
    case "start":
      return state.phase === "idle" || state.phase === "stopped" ? connect(0, null) : stay(state);
    case "pause":
      return state.phase === "stopped" ? stay(state) : { state: { phase: "paused" }, effects: [hangUp] };
    case "resume":
      return state.phase === "paused" ? connect(0, null) : stay(state);
    case "now":
      return now(state, around);
    case "due":
      return state.phase === "waiting" ? connect(state.failures, state.trouble) : stay(state);
    case "opened":
      return state.phase === "connecting" ? opened(state.failures, around) : stay(state);
    case "failed":
      return isTrying(state) ? fail(state, event, around) : stay(state);
    case "ended":
      return isTrying(state) ? end(state, event.why, around) : stay(state);
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

function connect(failures: number, trouble: string | null): Step {
  return { state: { phase: "connecting", failures, trouble }, effects: [{ do: "connect" }] };
}

/** The stream is open first, and then everything is pulled, so that nothing falls between ([STREAM-3]). */
function opened(failures: number, { collections }: Surroundings): Step {
  return {
    state: { phase: "connected", failures, behind: [], pulling: true, push: "sending" },
    effects: [{ do: "pull", collections }, { do: "push" }],
  };
}

function now(state: SyncState, { collections }: Surroundings): Step {
  if (state.phase === "waiting") return connect(0, state.trouble);
  if (state.phase !== "connected") return stay(state);
  const pull = work(state, { type: "behind", collections });
  const push = work(pull.state as Connected, { type: "edited" });
  return { state: push.state, effects: [...pull.effects, ...push.effects] };
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

function isTrying(state: SyncState): state is Connected | Extract<SyncState, { phase: "connecting" }> {
  return state.phase === "connected" || state.phase === "connecting";
}

function fail(
  { failures }: { failures: number },
  { trouble, retryAfterMs }: { trouble: string | null; retryAfterMs?: number },
  { now: nowMs, random }: Surroundings,
): Step {
  const delayMs = backOffMs(failures + 1, random, retryAfterMs);
  return {
    state: { phase: "waiting", failures: failures + 1, until: nowMs + delayMs, trouble },
    effects: [hangUp, { do: "wait", delayMs }],
  };
}

/** A server that stops for an update comes back; any other end is a person's to lift. */
function end(state: { failures: number }, why: EndReason, around: Surroundings): Step {
  if (why === "server-stopping") return fail(state, { trouble: null }, around);
  return { state: { phase: "stopped", why }, effects: [hangUp] };
}

function union(a: readonly CollectionName[], b: readonly CollectionName[]): CollectionName[] {
  return [...new Set([...a, ...b])];
}
