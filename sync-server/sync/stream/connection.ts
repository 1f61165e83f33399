import type { IncomingHttpHeaders } from "node:http";
import type { WebSocket } from "ws";
import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { Checkpoint, EndReason, PresenceEntry, StreamDown } from "../../../shared/sync/wire.ts";
import type { DeviceIdentity } from "../../http/index.ts";
import type { Unsaid } from "./say.ts";

/** Bytes that wait for a device; one that reads more slowly is told to pull instead ([STREAM-4]). */
const mostWaitingBytes = 1_000_000;

/** One device's stream, with how far in each collection's feed it has been told. */
export type Connection = {
  identity: DeviceIdentity;
  headers: IncomingHttpHeaders;
  scope: string;
  keys: readonly string[];
  socket: WebSocket;
  positions: Map<CollectionName, Checkpoint>;
  /** Collections of which it was told nothing while it did not read. */
  missed: Set<CollectionName>;
  /** What is being said that it was not told while it did not read, by call. */
  unsaid: Unsaid;
  alive: boolean;
  /** Which its desk speaks. */
  protocol: number;
};

export function send(connection: Connection, message: StreamDown): void {
  sendText(connection, JSON.stringify(message));
}

/** A desk of the first protocol would take an entry with a reason for no entry at all. */
export function sendPresence(connection: Connection, people: readonly PresenceEntry[]): void {
  const known =
    connection.protocol > 1 ? people : people.map(({ reason: _reason, ...entry }) => entry as PresenceEntry);
  send(connection, { type: "presence", people: [...known] });
}

function sendText({ socket }: Connection, text: string): void {
  if (socket.readyState === socket.OPEN) socket.send(text);
}

/**
 * Sends a batch, or notes that it was missed where the device does not keep up.
 * @param text makes the message for a device that stands at `from`
 * @returns whether it was sent
 */
export function sendBatch(
  connection: Connection,
  collection: CollectionName,
  to: Checkpoint,
  text: (from: Checkpoint) => string,
): boolean {
  const from = connection.positions.get(collection);
  if (from === undefined) throw new Error(`no position in ${collection}`);
  if (connection.missed.has(collection) || isBehind(connection)) {
    connection.missed.add(collection);
    return false;
  }
  sendText(connection, text(from));
  connection.positions.set(collection, to);
  return true;
}

function isBehind({ socket }: Connection): boolean {
  return socket.bufferedAmount > mostWaitingBytes;
}

/** Tells a device that reads again what it must pull. */
export function catchUp(connection: Connection, positions: ReadonlyMap<CollectionName, Checkpoint>): void {
  if (connection.missed.size === 0 || isBehind(connection)) return;
  resync(connection, [...connection.missed], positions);
}

/** From here on, batches begin at the feed's position: what lies before is the device's to pull. */
export function resync(
  connection: Connection,
  collections: readonly CollectionName[],
  positions: ReadonlyMap<CollectionName, Checkpoint>,
): void {
  for (const collection of collections) {
    const position = positions.get(collection);
    if (position) connection.positions.set(collection, position);
    connection.missed.delete(collection);
  }
  send(connection, { type: "resync", collections: [...collections], scope: connection.scope });
}

export function resyncAll(connection: Connection, positions: ReadonlyMap<CollectionName, Checkpoint>): void {
  resync(connection, collectionNames, positions);
}

/** Says why, and closes. The device decides by the reason what it keeps ([SES-1] to [SES-3]). */
export function end(connection: Connection, why: EndReason): void {
  send(connection, { type: "end", why });
  connection.socket.close(why === "server-stopping" ? 1001 : 1000, why);
}
