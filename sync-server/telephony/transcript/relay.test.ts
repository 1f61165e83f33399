import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../database/index.ts";
import type { Saying } from "../../sync/index.ts";
import type { NoticeOf } from "../notices.ts";
import { startTranscriptRelay, type TranscriptRelay } from "./relay.ts";

type Told = NoticeOf<"transcript">;
const startMs = Date.parse("2026-11-21T09:00:00.000Z");
const account = { tenantId: "t", id: "a" };

let nowMs: number;
let due: { atMs: number; task: () => void }[];
let told: Saying[];
let reads: number;
let answer: () => Promise<{ rows: unknown[] }>;
let changed: (callId: string) => void;
let hearSaying: (saying: Saying) => void;
let logged: unknown[];
let relay: TranscriptRelay;

const leg = { listensTo: "customer", callId: "call-1", direction: "inbound", startedAt: "2026-11-21T08:59:00Z", heard: {}, role: "agent", state: "live", agentId: "ana", answeredAt: "2026-11-21T09:00:00Z" }; // prettier-ignore

beforeEach(async () => {
  [nowMs, due, told, reads, logged] = [startMs, [], [], 0, []];
  answer = async () => ({ rows: [leg] });
  const db = {
    transaction: (work: (tx: unknown) => Promise<unknown>) =>
      work({
        execute: async () => {
          // Who a transaction is for comes first, then the call is read.
          if (!isReading) return void (isReading = true);
          isReading = false;
          reads += 1;
          return answer();
        },
      }),
    listen: async (_channel: string, onPayload: (callId: string) => void) => {
      changed = onPayload;
      return async () => {};
    },
  } as unknown as Database;
  let isReading = false;
  relay = await startTranscriptRelay({
    db,
    said: { tell: (saying) => told.push(saying), follow: (listener) => { hearSaying = listener; return () => {}; } }, // prettier-ignore
    clock: { now: () => nowMs },
    timers: { after: (ms, task) => { const one = { atMs: nowMs + ms, task }; due.push(one); return () => {}; } }, // prettier-ignore
    log: { warn: (entry: unknown) => logged.push(entry) } as never,
  });
});

/** Lets time pass, and what is waited for be answered. */
async function pass(ms: number): Promise<void> {
  for (const until = nowMs + ms; nowMs <= until; nowMs += 10) {
    const now = due.filter(({ atMs }) => atMs <= nowMs);
    due = due.filter((one) => !now.includes(one));
    for (const { task } of now) task();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
}
const guess = (seq: number, more: Partial<Told> = {}): Told => ({ kind: "transcript", legId: "leg-1", sid: "CA1", track: "said", session: "GT1", seq, final: false, text: `word ${seq}`, at: new Date(nowMs).toISOString(), startedAt: null, timing: [], ...more }); // prettier-ignore
const take = (notice: Told) => relay.take(account, notice, new Date(nowMs));
const texts = () => told.flatMap(({ utterances }) => utterances.map(({ text }) => text));

test("a guess is told at once, and those that follow five times a second, each as it stands then", async () => {
  for (let seq = 1; seq <= 20; seq += 1) {
    expect(take(guess(seq))).toBeNull();
    await pass(50);
  }
  await pass(1_000);
  expect(texts()[0]).toBe("word 1");
  expect(texts().at(-1)).toBe("word 20");
  expect(texts().length).toBeLessThanOrEqual(8);
  expect(new Set(told.map(({ utterances }) => utterances[0]?.id)).size).toBe(1);
});

test("whoever reports a guess waits for nothing, and a call is read once, again when its line has changed", async () => {
  const { promise, resolve } = Promise.withResolvers<{ rows: unknown[] }>();
  answer = () => promise;
  for (let seq = 1; seq <= 5; seq += 1) {
    take(guess(seq));
    await pass(300);
  }
  expect([texts(), reads]).toEqual([[], 1]);
  resolve({ rows: [leg] });
  await pass(10);
  expect([texts(), reads]).toEqual([["word 5"], 1]);
  answer = async () => ({ rows: [leg, { ...leg, role: "monitor", agentId: "max" }] });
  changed("call-1");
  changed("another");
  take(guess(6));
  await pass(300);
  expect([told.at(-1)?.users, reads]).toEqual([["ana", "max"], 2]);
});

test("a leg that nobody knows yet, and a database that is away, are asked about again", async () => {
  answer = async () => ({ rows: [] });
  take(guess(1));
  await pass(300);
  answer = () => Promise.reject(new Error("away"));
  take(guess(2));
  await pass(300);
  expect(logged).toHaveLength(1);
  answer = async () => ({ rows: [leg] });
  take(guess(3));
  await pass(300);
  expect(texts()).toEqual(["word 3"]);
});

test.each([
  ["somebody has still to agree", "needed"],
  ["their carrier has not stopped after a refusal", "refused"],
])("nothing is told while %s, and what is said once all have agreed is", async (_, consent) => {
  answer = async () => ({ rows: [{ ...leg, consent }] });
  take(guess(1));
  await pass(600);
  expect(texts()).toEqual([]);
  answer = async () => ({ rows: [{ ...leg, consent: "given" }] });
  changed("call-1");
  take(guess(2));
  await pass(600);
  expect(texts()).toEqual(["word 2"]);
});

test("a final goes on to be kept, with when it was first guessed; what goes on after it has another name", async () => {
  take(guess(1));
  await pass(600);
  const kept = take(guess(2, { final: true, text: "wo\0rd\ud800" }));
  expect(kept).toMatchObject({ seq: 2, text: "word\ufffd", startedAt: "2026-11-21T08:59:59.250Z" });
  take(guess(3));
  await pass(300);
  expect(told.map(({ utterances }) => utterances[0]?.id)).toEqual(["call-1:cGT1:0", "call-1:cGT1:2"]);
});

test("a name that no final takes is taken back", async () => {
  take(guess(9, { final: true }));
  take(guess(12));
  await pass(300);
  expect(told.at(-1)?.utterances[0]?.id).toBe("call-1:cGT1:9");
  // Elsewhere the later final was stored first.
  const stored = { ...guess(15), final: true, id: "call-1:cGT1:0", speaker: "customer", startMs: 0, endMs: 1, revision: 15 }; // prettier-ignore
  hearSaying({ tenantId: "t", callId: "call-1", users: ["ana"], utterances: [stored], stopped: false, heard: { cGT1: 15 } } as unknown as Saying); // prettier-ignore
  expect(told.at(-1)?.utterances).toMatchObject([
    { id: "call-1:cGT1:9", text: "", final: false, revision: 15 },
  ]);
});
