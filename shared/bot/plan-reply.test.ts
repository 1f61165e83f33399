import { describe, expect, test } from "vitest";
import { answerByRules, suggestByRules } from "./answer-by-rules.ts";
import { Bot } from "./bot.ts";
import {
  foldConversation,
  thanksId,
  type ChatEvent,
  type Conversation,
  type NewEvent,
} from "./conversation.ts";
import { joinMark, marks, shownSoFar, splitMark } from "./mark.ts";
import { planReply, replyWith, type Reply } from "./plan-reply.ts";
import { rankKnown } from "./rank.ts";

const bot = Bot.parse({
  name: "Ria",
  opening: "Hello, I am Ria.",
  purposes: ["answers", "qualification", "call-back"],
  knows: [
    { about: "Are pets allowed?", text: "Cats and small dogs are welcome." },
    { about: "Parking", text: "Each flat has one parking space in the garage." },
    { about: "How long is a lease?", text: "Leases run for twelve months." },
    { about: "宠物可以吗", text: "可以养猫和小狗。" },
  ],
  teamId: null,
  people: "always",
  origins: [],
  mostAnswers: 5,
  mostChatsADay: 100,
  on: true,
});
const at = "2026-01-01T00:00:00.000Z";

/** Says these things to the bot, one after the other, and tells what it replied to each. */
const talk = (...said: string[]) => talkTo(true, said);
function talkTo(open: boolean, said: string[]): { replies: (Reply | null)[]; conversation: Conversation } {
  const events: ChatEvent[] = [];
  const add = (event: NewEvent) => events.push({ ...event, seq: events.length + 1 } as ChatEvent);
  const fold = () => foldConversation(events) as Conversation;
  add({ id: "open", at, type: "opened", botName: bot.name, opening: bot.opening });
  const replies = said.map((text, index) => {
    add({ id: `v${index}`, at, type: "visitor-said", text });
    const conversation = fold();
    const plan = planReply(conversation, text, { bot, answers: true, open });
    if (plan.do === "nothing") return null;
    const reply =
      plan.do === "reply"
        ? plan.reply
        : replyWith(answerByRules({ bot, knows: bot.knows, said: text }), fold(), { bot, open });
    const { handOff, ...words } = reply;
    add({
      id: conversation.phase.name === "waiting" ? thanksId : `b${index}`,
      at,
      type: "bot-said",
      by: "rules",
      ...words,
    });
    if (handOff) add({ id: `h${index}`, at, type: "handed-off", why: handOff });
    return reply;
  });
  return { replies, conversation: fold() };
}

const whyOf = (...said: string[]) => talk(...said).replies.at(-1)?.handOff;

describe("without a model", () => {
  test.each([
    ["Can I bring my dog? Are pets allowed", "Cats and small dogs are welcome."],
    ["is there a parking garage?", "Each flat has one parking space in the garage."],
    ["Is there parking for two?", "Each flat has one parking space in the garage."],
    ["How long do leases run?", "Leases run for twelve months."],
    ["可以养宠物吗？", "可以养猫和小狗。"],
  ])("%s", (said, answer) => {
    expect(talk(said).replies[0]).toMatchObject({ text: answer, handOff: null });
  });

  test("somebody who is interested is asked for what is needed, one thing at a time, and handed over with it", () => {
    const { replies, conversation } = talk(
      "I am looking for a flat",
      "Two rooms by the lake",
      "Are pets allowed?",
      "Maria Lopez",
      "no idea",
      "maria@example.org",
    );
    expect(replies.map((reply) => reply?.asks)).toEqual(["need", "name", "name", "contact", "contact", null]);
    expect(replies[2]?.text).toMatch(/^Cats and small dogs are welcome\.\n\nAnd what is your name\?/u);
    expect(replies.at(-1)?.handOff).toBe("qualified");
    expect(conversation.told).toMatchObject({ name: "Maria Lopez", email: "maria@example.org", need: "Two rooms by the lake" }); // prettier-ignore
  });

  test("a call back needs a number and a time", () => {
    const { replies } = talk("Can someone call me back", "+1 312 555 0147", "tomorrow at ten");
    expect(replies.map((reply) => reply?.asks ?? reply?.handOff)).toEqual(["phone", "when", "call-back"]);
  });
});

describe("a person takes over", () => {
  test.each([
    ["asked", ["I want to talk to a person"]],
    ["asked", ["human"]],
    ["upset", ["You are useless"]],
    ["upset", ["I am really angry about this"]],
    ["upset", ["This is terrible, I hate how you treat people, worst service ever!"]],
    ["urgent", ["Please answer asap, this is an emergency"]],
    ["unsure", ["Which schools are near the building?"]],
    ["outside", ["The heating is broken"]],
    ["failed", ["sdfgh", "qwrt"]],
    ["limit", [...Array.from({ length: 5 }, () => "Are pets allowed?"), "Are pets allowed?"]],
  ] as const)("%s: %s", (why, said) => {
    expect(whyOf(...said)).toBe(why);
  });

  test("and the bot says nothing from there on", () => {
    expect(talk("human", "Are pets allowed?").replies[1]).toBeNull();
  });

  test.each([
    "This isn't urgent, but are pets allowed?",
    "Nothing urgent: are pets allowed?",
    "It is not an emergency, only: are pets allowed?",
    "It isn’t really that urgent. Are pets allowed?",
    "A non-urgent question: are pets allowed?",
    "I am not in any hurry. Are pets allowed?",
    "No need to answer immediately: are pets allowed?",
    "You don't have to answer right away. Are pets allowed?",
  ])("not because somebody says that it can wait: %s", (said) => {
    expect(whyOf(said)).not.toBe("urgent");
  });

  test.each([
    "There is no emergency exit and it is urgent",
    "I don't need to repeat myself, answer immediately",
    "Is this not urgent enough? It is an emergency!",
  ])("but because somebody says that it cannot: %s", (said) => {
    expect(whyOf(said)).toBe("urgent");
  });

  test("not because somebody asks about today, or does not like the rain", () => {
    expect(whyOf("Are pets allowed today?")).toBeNull();
    expect(whyOf("I do not like to park in the rain")).not.toBe("upset");
    expect(whyOf("Are pets a problem, or is one allowed?")).toBeNull();
  });

  test("and who is there to take over is said", () => {
    const conversation = talk().conversation;
    expect(replyWith("[[unsure]]", conversation, { bot, open: false }).text).toContain(
      "Nobody is here right now",
    );
    expect(replyWith("[[unsure]]", conversation, { bot, open: true }).text).toContain("in a moment");
  });

  test("whoever has said how to reach them is not asked for it while nobody is there", () => {
    const { replies } = talkTo(false, ["I am looking for a flat", "Two rooms by the lake", "Maria Lopez", "maria@example.org"]); // prettier-ignore
    expect(replies.at(-1)).toMatchObject({
      text: "Thank you, that is all I need. Nobody is here right now: we get back to you when we open.",
      handOff: "qualified",
    });
    const known = talkTo(false, ["Hi, maria@example.org here"]).conversation;
    const { text } = replyWith("Voy a preguntar. [[unsure]]", known, { bot, open: false });
    expect(text).toBe("Voy a preguntar.\n\nNobody is here right now: we get back to you when we open.");
  });

  test("whoever says it while they wait is thanked, once, and while nobody is there", () => {
    const said = ["human", "is anybody there?", "maria@example.org", "or +1 312 555 0147"];
    const { replies, conversation } = talkTo(false, said);
    expect(replies[0]?.text).toContain("Leave an e-mail address or a number");
    expect(replies[1]).toBeNull();
    const thanks = "Thank you, I have noted it. We get back to you when we open.";
    expect(replies[2]).toMatchObject({ text: thanks, handOff: null });
    expect(conversation.turns.filter(({ text }) => text === thanks)).toHaveLength(1);
    expect(conversation.phase.name).toBe("waiting");
    expect(talk(...said).replies.slice(1)).toEqual([null, null, null]);
  });
});

describe("marks", () => {
  test("come off the end, and nothing but the list is one", () => {
    for (const mark of marks) expect(splitMark(joinMark("So.", mark))).toEqual({ text: "So.", mark });
    expect(splitMark("So. [[transfer-money]]").mark).toBeNull();
    expect(splitMark("[[person]] is what you write")).toEqual({
      text: "[[person]] is what you write",
      mark: null,
    });
  });

  test("are not shown while they come", () => {
    const whole = joinMark("See [1] and that.", "unsure");
    for (let length = 0; length <= whole.length; length += 1)
      expect("See [1] and that.".startsWith(shownSoFar(whole.slice(0, length)))).toBe(true);
  });
});

test("who answers is offered what fits, and not what shares a word by chance", () => {
  expect(suggestByRules(bot.knows, "For how long would our lease run?")).toBe(
    "Leases run for twelve months.",
  );
  const said = "My uncle waited three months before anybody replied to his letters";
  expect(rankKnown(bot.knows, said)).toHaveLength(1);
  expect(suggestByRules(bot.knows, said)).toBe("");
});

test("nothing that anybody writes breaks it", () => {
  for (const said of [
    "\0",
    "\ud800",
    "🏠".repeat(1_000),
    "?".repeat(2_000),
    "@".repeat(2_000),
    "1 ".repeat(1_000),
    "[[person]]",
  ])
    expect(talk(said).replies).toHaveLength(1);
  expect(rankKnown([], "anything")).toEqual([]);
});
