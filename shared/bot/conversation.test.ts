import { expect, test } from "vitest";
import { seededRandom } from "../result/seeded-random.ts";
import {
  foldConversation,
  nextConversation,
  thanksId,
  type ChatEvent,
  type Conversation,
} from "./conversation.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 1e9);
const random = seededRandom(seed);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const at = (seq: number) => new Date(Date.UTC(2026, 0, 1) + seq * 1_000).toISOString();
const agents = ["ana", "ben"] as const;

/** Anything that anybody could send at any moment, sensible or not. */
function anyEvent(seq: number): ChatEvent {
  const head = { id: `e${seq}`, seq, at: at(seq) };
  const agentId = pick(agents);
  return pick<() => ChatEvent>([
    () => ({ ...head, type: "opened", botName: "Ria", opening: "Hello" }),
    () => ({
      ...head,
      type: "visitor-said",
      text: pick(["hello", "ana@example.com", "+1 312 555 0147", "مرحبا"]),
    }),
    () => ({
      ...head,
      type: "bot-said",
      text: "yes",
      asks: pick([null, "name"]),
      missed: random() < 0.5,
      by: "rules",
    }),
    () => ({ ...head, type: "handed-off", why: pick(["asked", "upset"]) }),
    () => ({ ...head, type: "taken", agentId, agentName: agentId }),
    () => ({ ...head, type: "passed", agentId, toId: pick(agents), toName: "" }),
    () => ({ ...head, type: "returned", agentId: pick([null, agentId]) }),
    () => ({ ...head, type: "person-said", agentId, text: `from ${agentId}` }),
    () => ({ ...head, type: "ended", by: pick(["visitor", "person"]), outcome: null }),
  ])();
}

function anyStory(): ChatEvent[] {
  const opened: ChatEvent = { id: "e1", seq: 1, at: at(1), type: "opened", botName: "Ria", opening: "Hello" };
  return [opened, ...Array.from({ length: Math.floor(random() * 25) }, (_, index) => anyEvent(index + 2))];
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, by: random() })).sort((a, b) => a.by - b.by).map(({ item }) => item); // prettier-ignore
}

test(`any story, in any order and however often, comes to the same (seed ${seed})`, () => {
  const reached = new Set<string>();
  for (let round = 0; round < 2_000; round += 1) {
    const story = anyStory();
    const told = foldConversation(story);
    const again = foldConversation(shuffled([...story, ...story.filter(() => random() < 0.5)]));
    expect(again).toEqual(told);
    if (told) reached.add(told.phase.name);
  }
  expect([...reached].sort(), "every phase was reached").toEqual(["bot", "ended", "person", "waiting"]);
});

test(`at each step only who holds the conversation speaks, and an end is an end (seed ${seed})`, () => {
  let spoken = 0;
  for (let round = 0; round < 2_000; round += 1) {
    let now: Conversation | null = null;
    for (const event of anyStory()) {
      const next = nextConversation(now, event);
      if (next === null) continue;
      if (now) expectHolder(now, event);
      if (now)
        expect(next.turns.slice(0, now.turns.length), "nothing said is lost or changed").toEqual(now.turns);
      spoken += next.turns.length - (now?.turns.length ?? 0);
      now = next;
    }
  }
  expect(spoken).toBeGreaterThan(2_000);
});

function expectHolder({ phase }: Conversation, event: ChatEvent): void {
  expect(phase.name).not.toBe("ended");
  if (event.type === "bot-said" || event.type === "handed-off") expect(phase.name).toBe("bot");
  if (event.type === "taken") expect(phase.name).toBe("waiting");
  if (event.type === "passed" || event.type === "returned") expect(phase.name).toBe("person");
  if (event.type === "person-said") expect(phase).toMatchObject({ name: "person", agentId: event.agentId });
  expect(event.type).not.toBe("opened");
}

test("of two who reach for a conversation the first has it, and only they are heard", () => {
  const head = (seq: number) => ({ id: `e${seq}`, seq, at: at(seq) });
  const told = foldConversation([
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "handed-off", why: "asked" },
    { ...head(3), type: "taken", agentId: "ana", agentName: "Ana" },
    { ...head(4), type: "taken", agentId: "ben", agentName: "Ben" },
    { ...head(5), type: "person-said", agentId: "ben", text: "no" },
    { ...head(6), type: "person-said", agentId: "ana", text: "yes" },
  ]);
  expect(told?.phase).toMatchObject({ name: "person", agentId: "ana" });
  expect(told?.turns.map(({ text }) => text)).toEqual(["Hello", "yes"]);
});

test("a bot that has handed over may thank once for a contact, as long as nobody has taken over", () => {
  const head = (seq: number, id = `e${seq}`) => ({ id, seq, at: at(seq) });
  const words = { type: "bot-said", asks: null, missed: false, by: "rules" } as const;
  const story: ChatEvent[] = [
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "handed-off", why: "asked" },
    { ...head(3), ...words, text: "late" },
    { ...head(4, thanksId), ...words, text: "Thank you" },
    { ...head(5, thanksId), ...words, text: "Thank you again" },
  ];
  expect(foldConversation(story)?.turns.map(({ text }) => text)).toEqual(["Hello", "Thank you"]);
  const taken: ChatEvent = { ...head(3), type: "taken", agentId: "ana", agentName: "Ana" };
  expect(foldConversation(story.with(2, taken))?.turns.map(({ text }) => text)).toEqual(["Hello"]);
});

test("a conversation changes hands and comes back, and only whoever has it is heard", () => {
  const head = (seq: number) => ({ id: `e${seq}`, seq, at: at(seq) });
  const told = foldConversation([
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "handed-off", why: "upset" },
    { ...head(3), type: "taken", agentId: "ana", agentName: "Ana" },
    { ...head(4), type: "passed", agentId: "ana", toId: "ben", toName: "Ben" },
    { ...head(5), type: "person-said", agentId: "ana", text: "no" },
    { ...head(6), type: "person-said", agentId: "ben", text: "Ben here" },
    { ...head(7), type: "returned", agentId: "ben" },
    { ...head(8), type: "person-said", agentId: "ben", text: "no" },
  ]);
  expect(told?.phase).toEqual({ name: "waiting", since: at(7), why: "upset" });
  expect(told?.agentId).toBeNull();
  expect(told?.turns.map(({ text }) => text)).toEqual(["Hello", "Ben here"]);
  const again =
    told && nextConversation(told, { ...head(9), type: "taken", agentId: "ana", agentName: "Ana" });
  expect(again).toMatchObject({ agentId: "ana", hands: 5, phase: { name: "person", agentId: "ana" } });
});

test.each([
  ["I am Vera Lund, hello", "Vera Lund"],
  ["Hi, my name is José", "José"],
  ["I’m Élodie d'Arc", "Élodie"],
  ["I am looking for two rooms", ""],
])("%s: %s", (text, name) => {
  const head = (seq: number) => ({ id: `e${seq}`, seq, at: at(seq) });
  const told = foldConversation([
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "visitor-said", text },
  ])?.told;
  expect(told?.name).toBe(name);
});

test("a name is no longer than people have one, whatever stands where one could", () => {
  const head = (seq: number) => ({ id: `e${seq}`, seq, at: at(seq) });
  const told = foldConversation([
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "visitor-said", text: `I am A${"a".repeat(1_900)}` },
  ])?.told;
  expect(told?.name).toBe(`A${"a".repeat(79)}`);
});

test("what a visitor lets us know is picked up, and what answers a question is its answer", () => {
  const head = (seq: number) => ({ id: `e${seq}`, seq, at: at(seq) });
  const told = foldConversation([
    { ...head(1), type: "opened", botName: "Ria", opening: "Hello" },
    { ...head(2), type: "bot-said", text: "?", asks: "need", missed: false, by: "rules" },
    { ...head(3), type: "visitor-said", text: "Two rooms near the lake under 2,000" },
    { ...head(4), type: "bot-said", text: "?", asks: "name", missed: false, by: "rules" },
    { ...head(5), type: "visitor-said", text: "Do you have parking?" },
    { ...head(6), type: "bot-said", text: "Yes. Your name?", asks: "name", missed: false, by: "rules" },
    { ...head(7), type: "visitor-said", text: "María Ñandú" },
    { ...head(8), type: "visitor-said", text: "maria@example.org or (312) 555-0147, any day in 2027" },
  ])?.told;
  expect(told).toEqual({
    name: "María Ñandú",
    email: "maria@example.org",
    phone: "(312) 555-0147",
    need: "Two rooms near the lake under 2,000",
    when: "",
  });
});
