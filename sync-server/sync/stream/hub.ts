import { randomUUID } from "node:crypto";
import type { FastifyBaseLogger } from "fastify";
import type { PresenceEntry } from "../../../shared/sync/wire.ts";
import { keysOf, wireScope } from "../../../shared/sync/audience.ts";
import { protocolVersion } from "../../../shared/sync/wire.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import type { Database } from "../../database/index.ts";
import type { DeviceIdentity, Identify } from "../../http/index.ts";
import type { SyncMetrics } from "../metrics.ts";
import { catchUp, end, resync, resyncAll, send, sendPresence, type Connection } from "./connection.ts";
import { createDeskNotes } from "./desk-notes.ts";
import { distribute } from "./distribute.ts";
import { createFeedReader, type FeedBatch } from "./feed-reader.ts";
import { hangUpChannel, readHangUp, sendHangUp } from "./hang-ups.ts";
import { identityChannel, readIdentityChange } from "./identity-changes.ts";
import type { SaidChannel, Saying } from "./said.ts";
import { say, sayRest } from "./say.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { createPresence, heartbeatEveryMs, presenceChanges, presenceChannel, type Said } from "./presence.ts";

export type HubDeps = {
  db: Database;
  clock: Clock;
  /** For the feed reader; the simulation steps them. */
  timers?: Timers;
  identify: Identify;
  said: Pick<SaidChannel, "follow">;
  feedEpoch: string;
  metrics: SyncMetrics;
  log: FastifyBaseLogger;
};

/** The devices of one tenant on this node, and what they were last told about their colleagues. */
type Room = {
  connections: Map<string, Connection>;
  people: PresenceEntry[];
  /** Devices on their way in: the room stays while there are any. */
  joining: number;
};

export type Hub = Awaited<ReturnType<typeof startHub>>;

/** Sessions end and roles change without anybody's announcement too: each stream is asked again this often. */
const identifyEveryMs = 60_000;
const catchUpEveryMs = 500;
/** A reader's pause grows with its audience: 0.1 ms a device, so that 500 devices cost 20 rounds a second at most. */
const gapPerDeviceMs = 0.1;

/** Everything that a node does for its open streams. */
export async function startHub({
  db,
  clock,
  timers: feedTimers,
  identify,
  said: spoken,
  feedEpoch,
  metrics,
  log,
}: HubDeps) {
  const rooms = new Map<string, Room>();
  const presence = createPresence(db, randomUUID());
  /** By tenant and device. */
  const notes = createDeskNotes();
  const onError = (error: unknown) => log.error({ err: error }, "the stream hub failed and goes on");
  const feed = createFeedReader({
    db,
    onBatch: handOut,
    onError,
    ...(feedTimers ? { timers: feedTimers } : {}),
    gapMs: (tenantId) => (rooms.get(tenantId)?.connections.size ?? 0) * gapPerDeviceMs,
  });
  let connected = 0;
  let stopping = false;

  function handOut(batch: FeedBatch): void {
    const room = rooms.get(batch.tenantId);
    if (room === undefined) return;
    const { rows, collection, to } = batch;
    if (rows) metrics.streamed("changes", distribute(room.connections.values(), { ...batch, rows }));
    else for (const one of room.connections.values()) resync(one, [collection], new Map([[collection, to]]));
  }

  /** To every desk of those who are in the call. */
  function tellSaid(saying: Saying): void {
    for (const one of rooms.get(saying.tenantId)?.connections.values() ?? []) {
      if (saying.users.includes(one.identity.userId)) metrics.streamed("said", say(one, saying));
    }
  }
  const unfollow = spoken.follow(tellSaid);

  const tellPresence = oneAtATime(async (tenantId) => {
    const room = rooms.get(tenantId);
    if (room === undefined) return;
    const people = await presence.read(tenantId);
    const changed = presenceChanges(room.people, people, new Date(clock.now()).toISOString());
    room.people = people;
    if (changed.length === 0) return;
    for (const one of room.connections.values()) sendPresence(one, changed);
  }, onError);

  /** Asks who a stream belongs to now, and acts on the answer. */
  async function reidentify(connection: Connection): Promise<void> {
    const answer = await identify(connection.headers);
    if (!answer.ok) return end(connection, answer.error.code === "wiped" ? "wiped" : "revoked");
    const { tenantId, deviceId } = connection.identity;
    if (answer.value.tenantId !== tenantId || answer.value.deviceId !== deviceId)
      return end(connection, "revoked");
    const identity: DeviceIdentity = { ...answer.value, deviceId };
    const scope = wireScope(identity, feedEpoch);
    if (scope === connection.scope || !isHere(connection)) return;
    Object.assign(connection, { identity, scope, keys: keysOf(identity) });
    resyncAll(connection, feed.positions(tenantId));
  }

  function isHere({ identity }: Connection): boolean {
    return rooms.get(identity.tenantId)?.connections.has(identity.deviceId) ?? false;
  }

  function* allConnections(): Generator<Connection> {
    for (const { connections } of rooms.values()) yield* connections.values();
  }

  const unlisten = await Promise.all([
    db.listen("ringside_feed", feed.announced, feed.readAll),
    db.listen(presenceChannel, (tenantId) => void tellPresence(tenantId), tellAllPresence),
    db.listen(identityChannel, onIdentityChange, () => reidentifyAll()),
    db.listen(hangUpChannel, onHangUp),
  ]);

  function tellAllPresence(): void {
    for (const tenantId of rooms.keys()) void tellPresence(tenantId);
  }

  function onIdentityChange(payload: string): void {
    const change = readIdentityChange(payload);
    // Somebody's has changed: it may be anybody's.
    if (change === null) return reidentifyAll();
    for (const one of rooms.get(change.tenantId)?.connections.values() ?? []) {
      if (one.identity.userId === change.userId) void reidentify(one).catch(onError);
    }
  }

  function onHangUp(payload: string): void {
    const asked = readHangUp(payload);
    for (const one of (asked && rooms.get(asked.tenantId)?.connections.values()) ?? [])
      if (asked && one.identity.userId === asked.userId) sendHangUp(one, asked);
  }

  function reidentifyAll(): void {
    for (const one of allConnections()) void reidentify(one).catch(onError);
  }

  /** A socket that did not answer the last ping is dead: its device will come back on a new one. */
  function pingAll(): void {
    for (const one of allConnections()) {
      if (!one.alive) one.socket.terminate();
      one.alive = false;
      one.socket.ping();
    }
  }

  function catchUpAll(): void {
    for (const [tenantId, { connections }] of rooms) {
      for (const one of connections.values()) {
        if (one.unsaid.size > 0) sayRest(one);
        if (one.missed.size > 0) catchUp(one, feed.positions(tenantId));
      }
    }
  }

  const timers = [
    setInterval(() => {
      catchUpAll();
      if (!db.isFull()) notes.settle().catch(onError);
    }, catchUpEveryMs),
    setInterval(reidentifyAll, identifyEveryMs),
    setInterval(() => {
      pingAll();
      if (!db.isFull()) presence.beat().catch(onError);
    }, heartbeatEveryMs),
  ];

  return {
    /** Takes a device in after its hello. From the welcome on it misses nothing ([STREAM-3]). */
    async join(
      given: Pick<Connection, "identity" | "headers" | "socket">,
      hello: Said & { scope: string; protocol: number },
    ): Promise<void> {
      const { identity, socket } = given;
      if (stopping) return socket.close(1001, "server-stopping");
      const { tenantId, deviceId } = identity;
      const room = rooms.get(tenantId) ?? {
        connections: new Map<string, Connection>(),
        people: [],
        joining: 0,
      };
      rooms.set(tenantId, room);
      room.joining += 1;
      try {
        await feed.follow(tenantId);
      } finally {
        room.joining -= 1;
      }
      if (socket.readyState !== socket.OPEN) return leaveRoom(tenantId);
      const scope = wireScope(identity, feedEpoch);
      const connection: Connection = {
        ...given,
        scope,
        keys: keysOf(identity),
        positions: feed.positions(tenantId),
        missed: new Set(),
        unsaid: new Map(),
        alive: true,
        protocol: hello.protocol,
      };
      // A device has one stream: an older one is what a lost link left behind.
      room.connections.get(deviceId)?.socket.terminate();
      room.connections.set(deviceId, connection);
      metrics.connected((connected += 1));
      socket.on("pong", () => (connection.alive = true));
      socket.once("close", () => void leave(connection).catch(onError));
      const serverTime = new Date(clock.now()).toISOString();
      send(connection, { type: "welcome", protocol: protocolVersion, scope, serverTime });
      if (hello.scope !== "" && hello.scope !== scope) resyncAll(connection, feed.positions(tenantId));
      if (room.people.length > 0) sendPresence(connection, room.people);
      await arrive(identity, hello);
    },
    /** A desk that is gone meanwhile says nothing any more: nobody would take it back. */
    async setPresence({ identity, socket }: Pick<Connection, "identity" | "socket">, said: Said) {
      const current = rooms.get(identity.tenantId)?.connections.get(identity.deviceId);
      if (current?.socket === socket) await arrive(identity, said);
    },
    /** Says that the server stops, so that devices come back later, or to another node at once. */
    async stop(): Promise<void> {
      stopping = true;
      unfollow();
      for (const timer of timers) clearInterval(timer);
      await Promise.all(unlisten.map((stop) => stop()));
      feed.stop();
      const closing = [...allConnections()].map(({ socket }) => closed(socket));
      for (const one of allConnections()) end(one, "server-stopping");
      await Promise.all(closing);
      // Where that cannot be written, the desks count as gone when nobody has said for long that they are there.
      await presence.leaveAll().catch(onError);
    },
  };

  async function leave(connection: Connection): Promise<void> {
    const { tenantId, deviceId } = connection.identity;
    metrics.connected((connected -= 1));
    const room = rooms.get(tenantId);
    if (room?.connections.get(deviceId) !== connection) return;
    room.connections.delete(deviceId);
    leaveRoom(tenantId);
    await notes.note(`${tenantId} ${deviceId}`, () => presence.leave(connection.identity));
  }

  function arrive(identity: DeviceIdentity, said: Said): Promise<void> {
    const { tenantId, deviceId } = identity;
    return notes.note(`${tenantId} ${deviceId}`, () => presence.arrive(identity, said));
  }

  function leaveRoom(tenantId: string): void {
    const room = rooms.get(tenantId);
    if (room === undefined || room.connections.size + room.joining > 0) return;
    rooms.delete(tenantId);
    feed.unfollow(tenantId);
  }
}

const closeTimeoutMs = 1_000;

/** When the other side has answered the closing, or was given up. */
function closed(socket: Connection["socket"]): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => socket.terminate(), closeTimeoutMs);
    socket.once("close", () => {
      clearTimeout(giveUp);
      resolve();
    });
  });
}
