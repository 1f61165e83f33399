import { supersedes } from "../../../shared/coaching/transcript/transcript.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { send, type Connection } from "./connection.ts";
import type { Saying } from "./said.ts";

/** A desk with more than this on its way reads too slowly to be told every guess. */
const mostWaitingBytes = 64_000;
/** As many as a message may hold. */
const mostAtOnce = 50;
/** Desks of the first protocol know no such message. */
const firstProtocol = 2;

/** What a desk that reads slowly has still to be told: of each utterance only how it stands now. */
export type Unsaid = Map<RecordId, Utterance[]>;

/**
 * Tells a desk what is being said. One that does not keep up loses older guesses, and nothing that is final.
 * @returns how many messages were sent
 */
export function say(connection: Connection, { callId, utterances, stopped }: Saying): number {
  if (connection.protocol < firstProtocol) return 0;
  const waiting = join(connection.unsaid.get(callId) ?? [], utterances);
  // The end of a transcript is a few bytes, and is told once.
  if (isSlow(connection) && !stopped) {
    connection.unsaid.set(callId, waiting);
    return 0;
  }
  connection.unsaid.delete(callId);
  return sendAll(connection, callId, waiting, stopped);
}

/** Tells a desk that reads again what it was not told meanwhile. */
export function sayRest(connection: Connection): void {
  for (const [callId, waiting] of connection.unsaid) {
    if (isSlow(connection)) return;
    connection.unsaid.delete(callId);
    sendAll(connection, callId, waiting, false);
  }
}

function sendAll(
  connection: Connection,
  callId: RecordId,
  utterances: readonly Utterance[],
  stopped: boolean,
): number {
  const parts = Math.max(1, Math.ceil(utterances.length / mostAtOnce));
  for (let part = 0; part < parts; part += 1) {
    const some = utterances.slice(part * mostAtOnce, (part + 1) * mostAtOnce);
    send(connection, { type: "said", callId, utterances: some, stopped });
  }
  return parts;
}

/** Pure: the newest telling of each utterance, in the order in which they were first told. */
export function join(waiting: readonly Utterance[], told: readonly Utterance[]): Utterance[] {
  const newest = new Map(waiting.map((one) => [one.id, one]));
  for (const one of told) {
    const known = newest.get(one.id);
    if (!known || supersedes(one, known)) newest.set(one.id, one);
  }
  return [...newest.values()];
}

function isSlow({ socket }: Connection): boolean {
  return socket.bufferedAmount > mostWaitingBytes;
}
