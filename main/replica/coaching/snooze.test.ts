import { afterEach, beforeEach, expect, test } from "vitest";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { answeredAt, talking, utterance } from "../../../testing/coaching/phone-calls.ts";
import { useCoachStage } from "../../../testing/coaching/use-coach-stage.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { createCoachingHandlers } from "./coaching-handlers.ts";

// The command by which an agent is left alone for a while, as a window sends it.

const minuteMs = 60_000;
const callId = "call-1" as RecordId;

const stage = useCoachStage();
const { time } = stage;
let replica: FakeReplica;
let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  replica = await createFakeReplica();
  desk = await openDesk([]);
});
afterEach(async () => {
  desk.coach.close();
  await replica.close();
});

test("takes the card down, and lets none come for as long as was asked, while items are ticked on", async () => {
  await object("a");
  expect(desk.last()?.card).toMatchObject({ key: "price" });
  const snoozedUntil = new Date(time.now() + 5 * minuteMs).toISOString();
  expect(await snooze(5 * minuteMs)).toEqual({ ok: true, value: {} });
  expect(desk.last()).toMatchObject({ card: null, snoozedUntil });
  await time.pass(2 * minuteMs);
  await object("b");
  await ask("c");
  expect(desk.last()).toMatchObject({ card: null, checklist: [{ key: "budget", byHand: false }] });
  expect(desk.last()?.checklist[0]?.doneAtMs).not.toBeNull();
});

test("ends by itself: the next card comes", async () => {
  await snooze(5 * minuteMs);
  await time.pass(4 * minuteMs);
  await object("a");
  expect(desk.last()?.card).toBeNull();
  await time.pass(2 * minuteMs);
  expect(desk.last()?.snoozedUntil).toBeNull();
  await object("b");
  expect(desk.last()?.card).toMatchObject({ key: "price" });
});

test.each([
  ["", async () => {}],
  [", also after a restart", restart],
])("leaves no card resting for what was said meanwhile%s", async (_, meanwhile) => {
  await snooze(5 * minuteMs);
  await time.pass(5 * minuteMs - 10_000);
  await object("a");
  expect(desk.last()?.card).toBeNull();
  await time.pass(10_000);
  await meanwhile();
  expect(desk.last()?.snoozedUntil).toBeNull();
  await object("b");
  expect(desk.last()?.card).toMatchObject({ key: "price" });
});

test("ends at once when it is asked to, by a length of 0", async () => {
  await snooze(5 * minuteMs);
  await time.pass(minuteMs);
  await snooze(0);
  expect(desk.last()?.snoozedUntil).toBeNull();
  await object("a");
  expect(desk.last()?.card).toMatchObject({ key: "price" });
});

test("goes on over a restart of the replica in mid-call", async () => {
  await snooze(5 * minuteMs);
  const until = desk.last()?.snoozedUntil;
  await time.pass(minuteMs);
  await restart();
  expect(desk.last()?.snoozedUntil).toBe(until);
  await object("a");
  expect(desk.last()?.card).toBeNull();
});

test("of a call that is over is said to be", async () => {
  await desk.show();
  expect(await snooze(minuteMs)).toMatchObject({ ok: false, error: { code: "not-found" } });
});

function openDesk(utterances: Utterance[]) {
  return stage.openDesk({ call: talking(), utterances });
}

async function restart(): Promise<void> {
  desk.coach.close();
  desk = await openDesk(desk.utterances);
}

async function snooze(forMs: number) {
  const host = { openOverlay: async () => false, catchClicks: async () => {} };
  const handlers = createCoachingHandlers({ replica, coach: desk.coach, host, clock: time });
  const answer = await handlers.snoozeCoaching({ callId, forMs });
  await time.pass(200);
  return answer;
}

/** The customer says what brings up the card. */
const object = (id: string) => say(id, "customer", "This is too expensive");
/** The agent says what ticks the item. */
const ask = (id: string) => say(id, "agent", "What budget do you have");

async function say(id: string, speaker: "agent" | "customer", text: string): Promise<void> {
  await time.pass(2_000);
  const atMs = time.now() - Date.parse(answeredAt);
  desk.hear(utterance(id, speaker, atMs - 1_500, atMs, text));
  await time.pass(200);
}
