import { z } from "zod";
import { cardWithinMs, CardAnswer, type CardRequest } from "../../shared/coaching/server-wire.ts";
import type { Ai, AiTask, Known } from "../ai/index.ts";
import type { Identity } from "../http/index.ts";

const mostHeard = 6_000;

/** `known`: whoever is in the call, as far as we know them; they leave the server as placeholders. */
type CardInput = CardRequest & { known: Known };

/** Words for a card in this moment of a call, from what was said in the last minute. */
export const cardTask: AiTask<CardInput, { lines: string[] }> = {
  name: "coaching.card",
  promptVersion: 1,
  feature: "coaching",
  difficulty: "light",
  priority: "live",
  personalData: "hidden",
  knownIn: ({ known }) => known,
  withoutOthers: ({ heard, ...input }) => ({
    ...input,
    heard: heard.filter(({ speaker }) => speaker !== "customer"),
  }),
  sameForMs: 0,
  schema: z.strictObject({ lines: CardAnswer.shape.lines }),
  dataOf: ({ title, lines, heard }) => ({ card: { title, lines }, heard: newestOf(heard) }),
  byRules: ({ lines }) => ({ lines }),
  maxOutputTokens: 300,
  timeoutMs: cardWithinMs,
};

function newestOf(heard: CardRequest["heard"]): CardRequest["heard"] {
  let left = mostHeard;
  return heard.toReversed().filter(({ text }) => (left -= text.length) >= 0).toReversed(); // prettier-ignore
}

/** The card's lines for this moment; its own where no model is set up, or none answered in time. */
export async function wordCard(
  ai: Ai,
  { tenantId, userId }: Identity,
  input: CardInput,
): Promise<CardAnswer> {
  const answer = await ai.generate({ task: cardTask, input, tenantId, userId });
  const own = { lines: input.lines, wordedBy: "playbook" as const };
  if (answer.by === "rules") return { ...own, why: answer.instead?.message ?? "" };
  return { lines: answer.output.lines, wordedBy: "model", why: "" };
}
