import { suggestTask } from "../../../sync-server/bot/tasks.ts";
import { foldConversation, type ChatEvent } from "../../../shared/bot/conversation.ts";
import type { Ai } from "../../../sync-server/ai/index.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut } from "../held-out.ts";
import { openModel } from "../open-model.ts";
import { bothShares, shareOf } from "./both-shares.ts";
import { bot, talks, type Talk } from "./talks.ts";

/**
 * What a person who answers a visitor is offered to say: the fitting one of the things that are known where one fits,
 * and none of them, word for word, where nothing does. The conversations are those of the hand-off.
 */
export const suggestions: Evaluation = {
  ids: ["eval.bot.suggest"],
  async run() {
    const { ai, name } = openModel();
    const suggested: (Talk & Suggested)[] = [];
    for (const talk of talks) {
      const [ours, byWords] = [await suggest(ai, talk.says), sharingMost(talk.says.at(-1) ?? "")];
      suggested.push({ ...talk, ours: isFitting(talk, ours), byWords: isFitting(talk, byWords) });
    }
    return [
      compareHeldOut({
        ...{ id: "eval.bot.suggest", feature: "chats, suggestions", called: "conversations" },
        items: suggested,
        metric: "mean of both shares: the fitting answer where there is one, none of the others where not",
        by: name,
        ours: bothShares<Talk & Suggested>(hasAnswer, ({ ours }) => ours),
        baseline: { name: "always nothing", of: bothShares(hasAnswer, (talk) => isFitting(talk, "")) },
        note: noteOf(suggested.filter(({ part }) => part === "held-out")),
      }),
    ];
  },
};

/** Both shares, and what comes of whatever shares most words with the question. */
function noteOf(all: readonly (Talk & Suggested)[]): string {
  const [fits, fitsNot] = [true, false].map((side) => shareOf(all, hasAnswer, side, ({ ours }) => ours));
  const words = bothShares<Talk & Suggested>(hasAnswer, ({ byWords }) => byWords)(all);
  return `fits ${fits?.toFixed(2)}, silent where nothing does ${fitsNot?.toFixed(2)}; whatever shares most words ${words.toFixed(2)}`;
}

type Suggested = { ours: boolean; byWords: boolean };

function hasAnswer(talk: Talk): boolean {
  return !talk.person && talk.answered !== undefined;
}

function isFitting(talk: Talk, text: string): boolean {
  if (!talk.person && talk.answered) return talk.answered.test(text);
  return !bot.knows.some((known) => text.includes(known.text));
}

async function suggest(ai: Ai, says: readonly string[]): Promise<string> {
  const at = "2026-11-21T12:00:00.000Z";
  const opened = { type: "opened", botName: bot.name, opening: bot.opening } as const;
  const events: ChatEvent[] = [opened, ...says.map((text) => ({ type: "visitor-said", text }) as const)].map(
    (event, index) => ({ ...event, at, id: String(index), seq: index + 1 }),
  );
  const conversation = foldConversation(events);
  if (conversation === null) throw new Error("a conversation that nobody opened");
  const input = { bot, business: "Northgate", knows: bot.knows, conversation, said: says.at(-1) ?? "" };
  let text = "";
  for await (const part of ai.stream({ tenantId: "eval", userId: null, task: suggestTask, input })) {
    if (part.kind === "begin") text = "";
    if (part.kind === "text") text += part.text;
  }
  return text;
}

/** Each word counts alike, whatever it says; empty = they share none. */
function sharingMost(said: string): string {
  const asked = wordsOf(said);
  const shared = bot.knows.map(({ about, text }) => wordsOf(`${about} ${text}`).intersection(asked).size);
  const most = Math.max(...shared);
  return most === 0 ? "" : (bot.knows[shared.indexOf(most)]?.text ?? "");
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\p{L}+/gu));
}
