import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { DeviceId } from "../../../shared/entities/id.ts";
import type { Clock, Random, Timers } from "../../../shared/result/ports.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import { protocolVersion, type EndReason } from "../../../shared/sync/wire.ts";
import type { TakeTurn } from "../database/turns.ts";
import type { Layers } from "../edits/layers.ts";
import type { EditJournal } from "../edits/edit-journal.ts";
import { diskTroubleOf } from "../pglite-storage/index.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import type { Feed } from "./feed.ts";
import { pullCollections, type PullError } from "./pull.ts";
import { createPusher, type PushError } from "./push.ts";
import type { LastSync } from "./last-sync.ts";
import { leaveScope } from "./leave-scope.ts";
import { createLiveFeed, type LiveFeed, type LiveFeedPorts } from "./live-feed.ts";
import { nextSync, type SyncEffect, type SyncEvent, type SyncState } from "./sync-machine.ts";
import { resendAll } from "./resend.ts";
import type { SyncTransport } from "./transport.ts";

export type EnginePorts = {
  transport: SyncTransport;
  feed: Feed;
  layers: Layers;
  journal: EditJournal;
  takeTurn: TakeTurn;
  presence: PresenceBoard;
  lastSync: LastSync;
  onSaid: LiveFeedPorts["onSaid"];
  onHangUp: LiveFeedPorts["onHangUp"];
  device: DeviceId;
  clock: Clock;
  timers: Timers;
  random: Random;
  collections?: readonly CollectionName[];
  pageLength?: number;
  /** The server has ended the session: revoked, wiped, or too old to speak to it. */
  onEnded: (why: Exclude<EndReason, "server-stopping">) => void;
  onRefused: (edits: readonly { edit: Edit; refusal: Refusal }[]) => void;
  /** This machine could not write what it received; sync waits and tries again. */
  onOwnTrouble: (error: RpcError | Error) => void;
};

export type SyncEngine = {
  start(): void;
  pause(paused: boolean): void;
  /** The person does not want to wait for the next try. */
  now(): void;
  /** The machine has slept: begins a new connection at once, whatever the present one looks like. */
  woke(): void;
  state(): SyncState;
  /** The last time when everything was pulled and nothing waited; ISO 8601. */
  lastSyncedAt(): string | null;
  /** When the connection went; null while there is one, and where there was none yet; ISO 8601. */
  offlineSince(): string | null;
  roundTripMs(): number | null;
  /** How much this machine's clock is ahead of the server's, as its last greeting told; 0 before the first. */
  aheadMs(): number;
  onChange(listener: () => void): () => void;
  /** Hangs up and waits for what is being written. */
  stop(): Promise<void>;
};

/** Runs the sync machine: carries out its effects and tells it what came of them. */
export function createSyncEngine(ports: EnginePorts): SyncEngine {
  const {
    clock,
    timers,
    random,
    journal,
    lastSync,
    collections = collectionNames,
    pageLength = 2_000,
  } = ports;
  const pusher = createPusher(ports);
  const listeners = new Set<() => void>();
  const underWay = new Set<Promise<void>>();
  let state: SyncState = { phase: "idle" };
  let live: LiveFeed | null = null;
  let hangUp = new AbortController();
  let cancelWait = () => {};
  let aheadMs = 0;
  let lostAtMs: number | null = null;
  const stopListening = [
    journal.onChange(({ entries }) => {
      if (entries.some(({ type }) => type === "edited" || type === "retried")) dispatch({ type: "edited" });
    }),
    ports.presence.onChange(() => live?.sayPresence()),
  ];

  function dispatch(event: SyncEvent): void {
    const step = nextSync(state, event, { now: clock.now(), random, collections });
    const before = state;
    state = step.state;
    if (state.phase === "connected") lostAtMs = null;
    else if (before.phase === "connected") lostAtMs = clock.now();
    for (const effect of step.effects) carryOut(effect);
    if (state.phase === "connected" && isQuiet(state)) lastSync.isNow();
    if (state.phase === "stopped" && state !== before) ports.onEnded(state.why);
    if (state !== before) tell();
  }

  function carryOut(effect: SyncEffect): void {
    switch (effect.do) {
      case "connect":
        cancelWait();
        return connect();
      case "disconnect":
        cancelWait();
        return disconnect();
      case "go-without-stream":
        disconnect();
        hangUp = new AbortController();
        return;
      case "wait":
        cancelWait();
        cancelWait = timers.after(effect.delayMs, () => dispatch({ type: "due" }));
        return;
      case "pull":
        return follow(pull(effect.collections, hangUp.signal));
      case "push":
        return follow(push(hangUp.signal));
      case "ask-whether-wiped":
        return follow(askWhetherWiped());
      default:
        return assertNever(effect);
    }
  }

  function connect(): void {
    hangUp = new AbortController();
    const { signal } = hangUp;
    live = createLiveFeed({
      ...ports,
      collections,
      onEvent: (event) => {
        if (!signal.aborted) dispatch(event);
      },
      onChange: tell,
      onServerTime(at) {
        aheadMs = clock.now() - Date.parse(at);
        tell();
      },
      onRestored,
    });
  }

  async function onRestored(): Promise<void> {
    const done = await resendAll({ ...ports, sent: ports.feed.sent });
    if (!done.ok) throw new Error(done.error.message);
  }

  function disconnect(): void {
    hangUp.abort();
    live?.close();
    live = null;
    ports.presence.clear();
  }

  async function pull(wanted: readonly CollectionName[], signal: AbortSignal): Promise<void> {
    const line = live;
    for (const collection of wanted) line?.hold(collection);
    const pulled = await pullCollections(
      {
        ...ports,
        pageLength,
        onRestored,
        onBehind,
        onPage: tell,
        onDone: async (collection) => line?.release(collection),
      },
      wanted,
      signal,
    );
    if (signal.aborted) return;
    dispatch(pulled.ok ? { type: "pulled" } : eventOf(pulled.error));
  }

  async function push(signal: AbortSignal): Promise<void> {
    const pushed = await pusher.pushOnce(signal);
    if (signal.aborted) return;
    if (pushed.ok) return dispatch({ type: "pushed", more: pushed.value.more });
    const { error } = pushed;
    if (error.kind === "scope-changed") return beginAnew(error.scope, signal);
    if (error.kind === "own-disk") ports.onOwnTrouble(error.error);
    dispatch(eventOf(error));
  }

  function onBehind(outside: readonly CollectionName[]): void {
    dispatch({ type: "behind", collections: outside });
  }

  /** A push was the first to hear that the server was put back to a backup: what it took goes before what is new. */
  async function beginAnew(scope: string, signal: AbortSignal): Promise<void> {
    const outside = await leaveScope({ feed: ports.feed, onRestored }, scope);
    if (signal.aborted) return;
    onBehind(outside);
    dispatch({ type: "pushed", more: true });
  }

  /** Any question would do: it is answered by what has become of the sign-in. */
  async function askWhetherWiped(): Promise<void> {
    hangUp = new AbortController();
    const [collection = "settings"] = collections;
    const { device, feed, transport } = ports;
    const { checkpoint, scope } = feed.position(collection);
    const question = { protocol: protocolVersion, device, collection, checkpoint, scope, limit: 1 };
    const answer = await transport.pull(question, hangUp.signal);
    if (!answer.ok && answer.error.kind === "ended") dispatch({ type: "ended", why: answer.error.why });
  }

  /** A replica that cannot be written is told of once and tried again later: disks get emptied. */
  function follow(work: Promise<void>): void {
    const followed = work
      .catch((error: unknown) => {
        ports.onOwnTrouble(error instanceof Error ? error : new Error(String(error)));
        dispatch({ type: "failed", trouble: storeTroubles[diskTroubleOf(error) ?? "other"] });
      })
      .finally(() => underWay.delete(followed));
    underWay.add(followed);
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    start: () => dispatch({ type: "start" }),
    pause: (paused) => dispatch({ type: paused ? "pause" : "resume" }),
    now: () => dispatch({ type: "now" }),
    woke: () => dispatch({ type: "woke" }),
    state: () => state,
    lastSyncedAt: () => lastSync.at(),
    offlineSince: () => (lostAtMs === null ? null : new Date(lostAtMs).toISOString()),
    roundTripMs: () => live?.roundTripMs() ?? null,
    aheadMs: () => aheadMs,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      for (const stopOne of stopListening) stopOne();
      cancelWait();
      disconnect();
      state = { phase: "idle" };
      await Promise.all([...underWay, lastSync.close()]);
    },
  };
}

const storeTroubles = {
  "disk-full": "The disk of this computer is full: what the server sent could not be stored.",
  "read-only": "Ringside may not write to its folder: what the server sent could not be stored.",
  other: "This computer could not store what the server sent.",
} as const;

function isQuiet({ pulling, push, behind }: Extract<SyncState, { phase: "connected" }>): boolean {
  return !pulling && push === "none" && behind.length === 0;
}

function eventOf(error: PullError | Exclude<PushError, { kind: "scope-changed" }>): SyncEvent {
  switch (error.kind) {
    case "ended":
      return { type: "ended", why: error.why };
    case "no-answer": {
      const { trouble, retryAfterMs } = error;
      return { type: "failed", trouble, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    case "rejected":
      return { type: "failed", trouble: error.message };
    case "own-disk":
      return { type: "failed", trouble: error.error.message };
    default:
      return assertNever(error);
  }
}
