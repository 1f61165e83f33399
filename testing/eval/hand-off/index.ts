import { foldConversation, type ChatEvent, type Conversation } from "../../../shared/bot/conversation.ts";
import { eventAt, respond } from "../../../sync-server/bot/respond.ts";
import type { Ai } from "../../../sync-server/ai/index.ts";
import { openModel } from "../open-model.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut } from "../held-out.ts";
import { bothShares, shareOf } from "./both-shares.ts";
import { bot, talks, type Talk } from "./talks.ts";

/** Whether the bot hands on to a person when it must, and only then: as the server answers a visitor. */
export const handOff: Evaluation = {
  ids: ["eval.bot.hand-off"],
  async run() {
    const { ai, name } = openModel();
    const judged: (Talk & Judged)[] = [];
    for (const talk of talks) judged.push({ ...talk, ...judge(talk, await hold(ai, talk.says)) });
    return [
      compareHeldOut({
        ...{ id: "eval.bot.hand-off", feature: "chats, hand-off", called: "conversations", items: judged },
        metric: "mean of both shares: handed on where it must be, answered where not",
        by: name,
        ours: bothShares<Talk & Judged>(mustBe, ({ isRight }) => isRight),
        baseline: {
          name: "hands on where a person is asked for by one of six words",
          of: bothShares(mustBe, byWords),
        },
        note: `${sharesOf(judged.filter(({ part }) => part === "held-out"))}; always handed on 0.50`,
      }),
    ];
  },
};

type Judged = { isRight: boolean };
type Said = { text: string; handedOn: boolean };

/** Says it all to the bot; what it replied to each. */
async function hold(ai: Ai, says: readonly string[]): Promise<Said[]> {
  const at = "2026-11-21T12:00:00.000Z";
  const events: ChatEvent[] = [
    { id: "opened", seq: 1, at, type: "opened", botName: bot.name, opening: bot.opening },
  ];
  const replies: Said[] = [];
  for (const said of says) {
    const id = String(events.length + 1);
    events.push({ id, seq: events.length + 1, at, type: "visitor-said", text: said });
    const conversation = foldConversation(events) as Conversation;
    const facts = { business: "Northgate", open: true, knows: bot.knows };
    const asked = { tenantId: "eval", bot, answers: true, facts, conversation, said };
    for await (const part of respond(ai, asked)) {
      if (part.kind !== "events") continue;
      const replied = part.events.map((event) => eventAt(event, at, id));
      for (const event of replied) events.push({ ...event, seq: events.length + 1 } as ChatEvent);
      replies.push({
        text: replied.flatMap((event) => ("text" in event ? [event.text] : [])).join(),
        handedOn: replied.some(({ type }) => type === "handed-off"),
      });
    }
  }
  return replies;
}

function judge(talk: Talk, replies: readonly Said[]): Judged {
  const last = replies.at(-1);
  const early = replies.slice(0, -1).some(({ handedOn }) => handedOn);
  if (talk.person) return { isRight: !early && last?.handedOn === true };
  const answered = talk.answered?.test(last?.text ?? "") ?? true;
  return { isRight: !early && last?.handedOn === false && answered };
}

const words = /\b(?:person|human|someone|somebody|agent|manager)\b/iu;
/** It answers nothing, and keeps nobody from a person who says the word. */
function byWords({ person, says }: Talk): boolean {
  return says.some((said) => words.test(said)) === person;
}

function mustBe({ person }: Talk): boolean {
  return person;
}

function sharesOf(judged: readonly (Talk & Judged)[]): string {
  const [must, not] = [true, false].map((side) => shareOf(judged, mustBe, side, ({ isRight }) => isRight));
  return `handed on ${must?.toFixed(2)} of what must be, answered ${not?.toFixed(2)} of the rest`;
}
