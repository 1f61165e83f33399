import { expect, test } from "vitest";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemTimers } from "../../../shared/result/ports.ts";
import type { Database } from "../../database/index.ts";
import type { Connection } from "./connection.ts";
import { openSaidChannel, pack, type Saying } from "./said.ts";
import { say, sayRest } from "./say.ts";

const callId = "call-1" as RecordId;
const utterance = (id: string, revision: number, more: Partial<Utterance> = {}): Utterance => ({ id: id as RecordId, speaker: "customer", startMs: 0, endMs: 1, text: `${id} ${revision}`, timing: [], revision, final: false, ...more }); // prettier-ignore
const saying = (utterances: Utterance[], stopped = false): Saying => ({ tenantId: "t", callId, users: ["ana"], utterances, stopped, heard: {} }); // prettier-ignore

function openDesk(protocol = 2) {
  const sent: { utterances: Utterance[]; stopped: boolean }[] = [];
  const socket = { readyState: 1, OPEN: 1, bufferedAmount: 0, send: (text: string) => sent.push(JSON.parse(text) as never) }; // prettier-ignore
  const connection = { socket, protocol, unsaid: new Map() } as unknown as Connection;
  return {
    socket,
    connection,
    texts: () => sent.flatMap((one) => one.utterances.map(({ text }) => text)),
    sent,
  };
}

test("a desk that reads slowly is told of each utterance how it stands, every final among them, and nothing old", () => {
  const { socket, connection, texts } = openDesk();
  socket.bufferedAmount = 1_000_000;
  say(connection, saying([utterance("a", 1)]));
  say(connection, saying([utterance("a", 2)]));
  say(connection, saying([utterance("b", 3)]));
  say(connection, saying([utterance("a", 4, { final: true, text: "a." })]));
  say(connection, saying([utterance("a", 5)]));
  sayRest(connection);
  expect(texts()).toEqual([]);
  socket.bufferedAmount = 0;
  sayRest(connection);
  expect(texts()).toEqual(["a.", "b 3"]);
  sayRest(connection);
  expect(texts()).toHaveLength(2);
});

test("what waited comes with the next telling, in messages of fifty", () => {
  const { socket, connection, texts, sent } = openDesk();
  socket.bufferedAmount = 1_000_000;
  for (let index = 0; index < 60; index += 1)
    say(connection, saying([utterance(`u${index}`, 1, { final: true })]));
  socket.bufferedAmount = 0;
  say(connection, saying([utterance("last", 1)]));
  expect(sent.map(({ utterances }) => utterances.length)).toEqual([50, 11]);
  expect(texts().at(-1)).toBe("last 1");
});

test("a desk that reads slowly hears at once that the transcript has stopped; one of the first protocol hears nothing", () => {
  const slow = openDesk();
  slow.socket.bufferedAmount = 1_000_000;
  say(slow.connection, saying([], true));
  expect(slow.sent).toMatchObject([{ stopped: true }]);
  const old = openDesk(1);
  expect(say(old.connection, saying([utterance("a", 1)]))).toBe(0);
  expect(old.sent).toEqual([]);
});

test("what goes between nodes fits what PostgreSQL carries, whatever was said", () => {
  const many = Array.from({ length: 300 }, (_, index) => saying([utterance(`${index}`, 1, { text: "ä".repeat(index) })])); // prettier-ignore
  const timed = saying([
    utterance("timed", 1, { text: "x", timing: Array.from({ length: 4_000 }, (_, at) => at) }),
  ]);
  const endless = saying([utterance("endless", 1, { text: "💥".repeat(5_000) })]);
  const payloads = pack([...many, timed, endless], "node");
  expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
  const said = payloads.flatMap((payload) => (JSON.parse(payload) as { said: Saying[] }).said);
  expect(said.slice(0, 300)).toEqual(many);
  expect(said.slice(300).map(({ utterances }) => utterances.map(({ id, timing }) => [id, timing.length]))).toEqual([[["timed", 0]], []]); // prettier-ignore
});

test("what a node of another version says is passed over where it cannot be read, and ends nobody", async () => {
  const hears: ((payload: string) => void)[] = [];
  const listen: Database["listen"] = async (_channel, onPayload) => {
    hears.push(onPayload);
    return async () => {};
  };
  const faults: unknown[] = [];
  const channel = await openSaidChannel({ kind: "postgres", listen } as Database, systemTimers, (error) => faults.push(error)); // prettier-ignore
  const heard: Saying[] = [];
  channel.follow((one) => heard.push(one));
  const known = saying([utterance("a", 1)]);
  const newer = { from: "other", said: [{ ...known, mood: "calm" }], sentAt: 1 };
  for (const payload of ["no JSON", '{"from":"other"}', JSON.stringify(newer)]) hears[0]?.(payload);
  expect(faults).toHaveLength(2);
  expect(heard).toEqual([known]);
  await channel.stop();
});
