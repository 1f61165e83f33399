import { expect, test } from "vitest";
import { compilePlaybook } from "../../../shared/coaching/playbook/compile-playbook.ts";
import type { MeaningAnswer, MeaningRequest } from "../../../shared/coaching/server-wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Trigger } from "../../../shared/entities/playbook.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { cardOf, playbookOf, says } from "../../../testing/coaching/talk.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { createAlikeMemory, listenForMeanings } from "./meanings-heard.ts";

const means: Trigger = { kind: "meaning", side: "customer", examples: ["it costs too much"], likeness: 0.6, fromMs: null, untilMs: null }; // prettier-ignore

/** The server's model; null = it cannot be asked. */
type Model = (request: MeaningRequest) => MeaningAnswer | null;
const alike: Model = ({ said }) => ({ state: "compared", alike: said.map((_, at) => [at / 100]) });

function listen(model: Model, triggers: Trigger[] = [means]) {
  const time = new VirtualTime(0);
  const asked: { atMs: number; said: readonly string[] }[] = [];
  const told: [string, number | undefined][] = [];
  const rules = playbookOf({ cards: [cardOf("price", triggers)] });
  const playbook = { ...rules, id: "playbook:sales:1" } as unknown as Playbook;
  const ear = listenForMeanings(
    {
      async compare(request) {
        asked.push({ atMs: time.now(), said: request.said });
        return model(request);
      },
      timers: time,
    },
    { callId: "call-1" as RecordId, chosen: { playbook, compiled: compilePlaybook(rules) } },
    ({ id }, row) => told.push([id, row.get("it costs too much")]),
  );
  return { ear, time, asked, told };
}

const sentence = (at: number, more: object = {}) =>
  says("customer", at * 100, `that is sentence ${at}`, more);

test("what is said at once goes in batches, the newest first, every two seconds", async () => {
  const { ear, time, asked, told } = listen(alike);
  for (let at = 0; at < 40; at += 1)
    ear.hear([sentence(at), says("agent", at * 100, `that is answer ${at}`)]);
  await time.pass(10_000);
  expect(asked.map(({ atMs, said }) => [atMs, said.length, said.at(-1)])).toEqual([
    [0, 1, "that is sentence 0"],
    [2_000, 16, "that is sentence 39"],
    [4_000, 16, "that is sentence 23"],
    [6_000, 7, "that is sentence 7"],
  ]);
  expect(told).toHaveLength(40);
  expect(told.slice(0, 3)).toEqual([
    ["customer-0", 0],
    ["customer-2400", 0],
    ["customer-2500", 0.01],
  ]);
});

test("a sentence that is told again before it was asked about is asked about as it stands", async () => {
  const { ear, time, asked } = listen(alike);
  ear.hear([sentence(0)]);
  ear.hear([sentence(1), sentence(1, { text: "that is another sentence", revision: 2_000 })]);
  await time.pass(3_000);
  expect(asked.map(({ said }) => said)).toEqual([["that is sentence 0"], ["that is another sentence"]]);
});

test("of a flood the last 256 are asked about", async () => {
  const { ear, time, asked } = listen(alike);
  ear.hear(Array.from({ length: 400 }, (_, at) => sentence(at)));
  await time.pass(60_000);
  expect(asked).toHaveLength(256 / 16);
  expect(asked.at(-1)?.said[0]).toBe("that is sentence 144");
});

test.each<[string, Model, number]>([
  ["nothing is asked again where no model is set up", () => ({ state: "no-model", alike: [] }), 1],
  ["what got no answer is left, and what comes next is asked", () => null, 3],
  ["the same where no model answered", () => ({ state: "unanswered", alike: [] }), 3],
])("%s", async (_, model, times) => {
  const { ear, time, asked, told } = listen(model);
  for (let at = 0; at < 3; at += 1) {
    ear.hear([sentence(at)]);
    await time.pass(3_000);
  }
  expect([asked.length, told]).toEqual([times, []]);
});

test("nothing is asked for a playbook without meanings, nor after the call", async () => {
  const plain = listen(alike, [{ ...means, kind: "silence", overMs: 5_000 } as Trigger]);
  plain.ear.hear([sentence(0)]);
  const closed = listen(alike);
  closed.ear.hear([sentence(0), sentence(1)]);
  closed.ear.close();
  await closed.time.pass(10_000);
  await plain.time.pass(10_000);
  expect([plain.asked.length, closed.asked.length, closed.told]).toEqual([0, 1, []]);
});

test("what was compared is remembered for the last four calls", () => {
  const memory = createAlikeMemory();
  for (const call of ["1", "2", "3", "4", "5"]) memory.keep(call, "a", new Map([["x", 0.5]]));
  expect(["1", "2", "5"].map((call) => memory.of(call).size)).toEqual([0, 1, 1]);
});
