import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { DeviceId } from "../../../shared/entities/id.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { assertNever } from "../../../shared/result/result.ts";
import { protocolVersion, type StreamDown } from "../../../shared/sync/wire.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import type { Batch } from "./feed.ts";
import { leaveScope, type LeaveScopePorts } from "./leave-scope.ts";
import type { SyncEvent } from "./sync-machine.ts";
import type { SyncTransport } from "./transport.ts";

export type LiveFeedPorts = LeaveScopePorts & {
  transport: SyncTransport;
  presence: PresenceBoard;
  device: DeviceId;
  collections: readonly CollectionName[];
  clock: Clock;
  timers: Timers;
  onEvent: (event: SyncEvent) => void;
  onChange: () => void;
  /** Somebody says something in a call of this person's. */
  onSaid: (message: Extract<StreamDown, { type: "said" }>) => void;
  /** Somebody else wants a call of this person's to end. */
  onHangUp: (message: Extract<StreamDown, { type: "hang-up" }>) => void;
  /** What the server's clock says at this moment; ISO 8601. */
  onServerTime: (at: string) => void;
  onOwnTrouble: (error: Error) => void;
};

/** The stream of one connection, from its hello to its end. */
export type LiveFeed = {
  /** While a collection is pulled, its batches wait: only then is it known what they build on. */
  hold(collection: CollectionName): void;
  release(collection: CollectionName): Promise<void>;
  sayPresence(): void;
  roundTripMs(): number | null;
  close(): void;
};

const welcomeTimeoutMs = 15_000;
const pingEveryMs = 20_000;
const pongTimeoutMs = 10_000;
/** More than this many waiting batches are cheaper to pull than to keep. */
const maxHeld = 500;

export function createLiveFeed(ports: LiveFeedPorts): LiveFeed {
  const { transport, feed, presence, device, collections, clock, timers, onEvent } = ports;
  const held = new Map<CollectionName, Batch[]>();
  let cancelTimer = () => {};
  let pingedAtMs = 0;
  let roundTripMs: number | null = null;
  let welcomed = false;
  let closed = false;
  let scope = "";

  const line = transport.openStream({
    opened() {
      const hello = { protocol: protocolVersion, device, ...mine() };
      line.send({ type: "hello", ...hello, scope: knownScope() });
    },
    message: (message) => {
      if (!closed) take(message);
    },
    closed(why) {
      if (closed) return;
      close();
      if (why.kind === "ended") return onEvent({ type: "ended", why: why.why });
      fail(why.kind === "no-answer" ? why : { trouble: null });
    },
  });
  failAfter(welcomeTimeoutMs);

  function mine() {
    const { presence: chosen, reason } = presence.mine();
    return { presence: chosen, reason };
  }

  function take(message: StreamDown): void {
    switch (message.type) {
      case "welcome":
        welcomed = true;
        scope = message.scope;
        ports.onServerTime(message.serverTime);
        return void enter();
      case "changes":
        return void offer({ ...message, scope });
      case "resync":
        scope = message.scope;
        return void resync(message);
      case "presence":
        return presence.take(message.people);
      case "said":
        return ports.onSaid(message);
      case "hang-up":
        return ports.onHangUp(message);
      case "pong":
        return measure();
      case "end":
        close();
        return onEvent({ type: "ended", why: message.why });
      default:
        return assertNever(message);
    }
  }

  async function enter(): Promise<void> {
    await guarded(() => leaveScope(ports, scope));
    schedulePing();
    onEvent({ type: "opened" });
  }

  async function resync(message: Extract<StreamDown, { type: "resync" }>): Promise<void> {
    const outside = await guarded(() => leaveScope(ports, message.scope));
    const behind = message.collections.filter((collection) => collections.includes(collection));
    onEvent({ type: "behind", collections: [...behind, ...(outside ?? [])] });
  }

  async function offer(batch: Batch): Promise<void> {
    // What waited for a pull of before the line ended may be another epoch's by now.
    if (closed || !collections.includes(batch.collection)) return;
    const waiting = held.get(batch.collection);
    if (waiting) return keep(waiting, batch);
    const outcome = await guarded(() => feed.takeBatch(batch));
    if (outcome === "missed") onEvent({ type: "behind", collections: [batch.collection] });
  }

  async function release(collection: CollectionName): Promise<void> {
    const waiting = held.get(collection) ?? [];
    held.delete(collection);
    for (const batch of waiting) await offer(batch);
  }

  function schedulePing(): void {
    cancelTimer();
    cancelTimer = timers.after(pingEveryMs, ping);
  }

  function ping(): void {
    pingedAtMs = clock.now();
    line.send({ type: "ping" });
    failAfter(pongTimeoutMs);
  }

  function measure(): void {
    roundTripMs = Math.max(0, clock.now() - pingedAtMs);
    schedulePing();
    ports.onChange();
  }

  function failAfter(delayMs: number): void {
    cancelTimer();
    cancelTimer = timers.after(delayMs, () => {
      close();
      fail({ trouble: null });
    });
  }

  /** Only our own server says when to come again: it got the request, so nothing on the way refuses streams. */
  function fail({ trouble, retryAfterMs }: { trouble: string | null; retryAfterMs?: number }): void {
    if (retryAfterMs !== undefined) onEvent({ type: "failed", trouble, retryAfterMs });
    else onEvent({ type: welcomed ? "failed" : "unopened", trouble });
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      ports.onOwnTrouble(error instanceof Error ? error : new Error(String(error)));
      close();
      onEvent({ type: "failed", trouble: "This computer could not store what the server sent." });
      return undefined;
    }
  }

  /** One scope for all, or none: the server then tells us to pull. */
  function knownScope(): string {
    const scopes = new Set(collections.map((collection) => feed.position(collection).scope));
    const [only] = scopes;
    return scopes.size === 1 && only !== undefined ? only : "";
  }

  function close(): void {
    closed = true;
    cancelTimer();
    line.close();
  }

  return {
    hold: (collection) => void held.set(collection, held.get(collection) ?? []),
    release,
    sayPresence: () => line.send({ type: "presence", ...mine() }),
    roundTripMs: () => roundTripMs,
    close,
  };
}

function keep(waiting: Batch[], batch: Batch): void {
  if (waiting.length < maxHeld) waiting.push(batch);
  // Without its first part the rest is of no use: the last one alone shows that something was missed.
  else waiting.splice(0, waiting.length, batch);
}
