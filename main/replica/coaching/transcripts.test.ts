import { afterEach, beforeEach, expect, test } from "vitest";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Segment } from "../../../shared/entities/call.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { makeCall } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createCallTranscript } from "./call-transcript.ts";
import { createTranscripts, type Transcripts } from "./transcripts.ts";

let replica: FakeReplica;
let transcripts: Transcripts;
let nowMs = Date.parse("2026-05-04T09:00:00.000Z");

beforeEach(async () => {
  replica = await createFakeReplica();
  transcripts = createTranscripts(replica.reads, { now: () => nowMs });
});
afterEach(async () => {
  transcripts.close();
  await replica.close();
});

const callId = "call-1" as RecordId;
const said = (id: string, text: string, more: Partial<Utterance> = {}): Utterance => ({ id: id as RecordId, speaker: "customer", startMs: Number(id) * 1_000, endMs: Number(id) * 1_000 + 500, text, timing: [], revision: 1, final: false, ...more }); // prettier-ignore
const stored = (id: string, text: string, more: Record<string, unknown> = {}): Segment => ({ rev: 1, createdAt: "2026-05-04T09:00:00.000Z", updatedAt: "2026-05-04T09:00:00.000Z", kept: [], callId, leadId: null, agentId: "ana", teamId: null, ...said(id, text), ...more }) as unknown as Segment; // prettier-ignore
const take = (...utterances: Utterance[]) => transcripts.take({ callId, utterances, stopped: false });
const texts = async (of = callId) => (await transcripts.utterances(of)).map(({ text }) => text);

test("joins what is stored with what is being said, and knows both by name", async () => {
  await replica.seed("segments", [stored("1", "Good morning."), stored("2", "I look for a desk.")]);
  take(said("2", "I look for"), said("3", "One that"));
  expect(await texts()).toEqual(["Good morning.", "I look for a desk.", "One that"]);
  take(said("3", "One that is", { revision: 2 }));
  take(said("3", "One that", { revision: 1 }));
  expect(await texts()).toEqual(["Good morning.", "I look for a desk.", "One that is"]);
});

test("tells whoever watches what is new, by whichever way it came, and once", async () => {
  const heard: string[] = [];
  const stop = transcripts.watch(callId, (fresh) => heard.push(...fresh.map(({ text }) => text)));
  take(said("1", "Good"));
  take(said("1", "Good"));
  take(said("1", "Good morning.", { revision: 2, final: true }));
  await replica.receive("segments", [{ id: "2", record: stored("2", "Missed by the stream.") }]);
  await replica.receive("segments", [{ id: "x", record: stored("x", "Of another.", { callId: "call-2" }) }]);
  expect(heard).toEqual(["Good", "Good morning.", "Missed by the stream."]);
  stop();
  take(said("3", "Nobody watches."));
  expect(heard).toHaveLength(3);
});

test("says that a transcript has stopped, and that it goes on", () => {
  let told = 0;
  transcripts.watch(callId, () => (told += 1));
  transcripts.take({ callId, utterances: [], stopped: true });
  expect([transcripts.isStopped(callId), told]).toEqual([true, 1]);
  take(said("1", "Again"));
  expect(transcripts.isStopped(callId)).toBe(false);
});

test("takes away what left this person's sight", async () => {
  await replica.seed("segments", [stored("1", "Good morning."), stored("2", "Secret.")]);
  expect(await texts()).toHaveLength(2);
  await replica.receive("segments", [{ id: "2", record: null }]);
  expect(await texts()).toEqual(["Good morning."]);
});

test("keeps few calls that nobody looks at, and every one that somebody does", async () => {
  const watched = "watched" as RecordId;
  transcripts.watch(watched, () => {});
  transcripts.take({ callId: watched, utterances: [said("1", "Stays")], stopped: false });
  take(said("1", "Goes"));
  for (let index = 0; index < 20; index += 1) {
    nowMs += 1_000;
    transcripts.take({ callId: `other-${index}` as RecordId, utterances: [said("1", "x")], stopped: false });
  }
  expect(await texts(watched)).toEqual(["Stays"]);
  expect(await texts()).toEqual([]);
  expect(await texts("other-19" as RecordId)).toEqual(["x"]);
});

test("a window reads a call as it is said; after its end only what was heard for good", async () => {
  await replica.seed("calls", [makeCall({ id: callId, endedAt: null })]);
  const seen = watch(createCallTranscript(replica.reads, transcripts), { callId });
  expect(await seen.next()).toEqual({ utterances: [] });
  take(said("1", "Good morning.", { final: true }), said("2", "I look"));
  expect((await seen.next()).utterances.map(({ text }) => text)).toEqual(["Good morning.", "I look"]);
  await replica.receive("calls", [{ id: callId, record: makeCall({ id: callId, endedAt: "2026-05-04T09:05:00.000Z" }) }]); // prettier-ignore
  expect((await seen.next()).utterances.map(({ text }) => text)).toEqual(["Good morning."]);
  seen.stop();
});

test("what somebody said before they handed the call over stays theirs", async () => {
  const talks = [
    { agentId: "ana", from: "2026-05-04T09:00:00.000Z", to: "2026-05-04T09:00:05.000Z" },
    { agentId: "ben", from: "2026-05-04T09:00:20.000Z", to: null },
  ];
  const answered = { startedAt: "2026-05-04T08:59:50.000Z", answeredAt: "2026-05-04T09:00:00.000Z" };
  await replica.seed("calls", [
    makeCall({ id: callId, agentId: "ben", endedAt: null, ...answered, line: { talks, endedAt: null } }),
  ]);
  // Once it is reported on, all that was said is given to whoever has the call.
  const at = (startMs: number) => ({ agentId: "ben", speaker: "agent", startMs, endMs: startMs + 900 });
  await replica.seed("segments", [stored("1", "I put you through.", at(1_000)), stored("2", "Good morning.", at(21_000)), stored("3", "Hello.")]); // prettier-ignore
  const seen = watch(createCallTranscript(replica.reads, transcripts), { callId });
  expect((await seen.next()).utterances.map(({ formerId }) => formerId)).toEqual(["ana", null, null]);
  seen.stop();
});
