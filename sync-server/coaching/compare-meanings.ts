import { setImmediate as giveWay } from "node:timers/promises";
import type { CompiledPlaybook } from "../../shared/coaching/playbook/compile-playbook.ts";
import { isCompared, nothingAlike, type AlikeByUtterance } from "../../shared/coaching/playbook/meanings.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import { likenessOf, ownSpace, prepareHiding, type Ai, type EmbedRequest, type Known } from "../ai/index.ts";

/** `no-model`: none that makes vectors is set up. `unanswered`: none answered this time. */
export type Compared =
  | { state: "compared"; alike: readonly (readonly number[])[] }
  | { state: "no-model" | "unanswered"; alike: readonly [] };

export type Comparing = {
  ai: Pick<Ai, "embed" | "space">;
  tenantId: string;
  priority: EmbedRequest["priority"];
  /** Whoever is in the call, as far as we know them: they leave the server as placeholders, as numbers do. */
  known: Known;
  signal?: AbortSignal;
};

/** So many texts against all examples take a millisecond or two. */
const atOnce = 16;

/**
 * How alike each text is to each example: cosine of their vectors, to four places, a row for each text. By the
 * organisation's models whoever's call it is: a limit of likeness means something for one model alone. The gateway
 * keeps vectors for a day, so that examples, and what was compared during the call, cost nothing again.
 */
export async function compareMeanings(
  { ai, tenantId, priority, known, signal }: Comparing,
  examples: readonly string[],
  said: readonly string[],
): Promise<Compared> {
  const asker = { tenantId, userId: null, feature: "meaning" } as const;
  if ((await ai.space(asker)) === ownSpace) return { state: "no-model", alike: [] };
  // Each by itself: counted through, the same words would be others behind another number, and asked about again.
  const startHiding = prepareHiding(known);
  const texts = [...examples, ...said.map((text) => startHiding().hide(text))];
  const { vectors, by } = await ai.embed({ ...asker, priority, texts, ...(signal && { signal }) });
  if (by === "rules") return { state: "unanswered", alike: [] };
  return { state: "compared", alike: await compareAll(vectors, examples.length) };
}

async function compareAll(vectors: readonly Float32Array[], examples: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (const [at, vector] of vectors.slice(examples).entries()) {
    if (at > 0 && at % atOnce === 0) await giveWay();
    rows.push(vectors.slice(0, examples).map((example) => rounded(likenessOf(example, vector))));
  }
  return rows;
}

function rounded(likeness: number): number {
  return Math.round(likeness * 10_000) / 10_000;
}

/** What was said in a whole call, compared with what a playbook listens for; nothing is asked where it does not. */
export async function compareCall(
  comparing: Comparing,
  examples: readonly string[],
  playbooks: readonly CompiledPlaybook[],
  utterances: readonly Utterance[],
): Promise<{ state: Compared["state"]; alike: AlikeByUtterance }> {
  const said = utterances.filter((one) => playbooks.some((playbook) => isCompared(playbook, one)));
  if (examples.length === 0 || said.length === 0) return { state: "compared", alike: nothingAlike };
  const { state, alike } = await compareMeanings(
    comparing,
    examples,
    said.map(({ text }) => text),
  );
  return { state, alike: new Map(alike.map((row, at) => [said[at]?.id ?? "", alikeOf(examples, row)])) };
}

function alikeOf(examples: readonly string[], row: readonly number[]): Map<string, number> {
  return new Map(examples.map((example, at) => [example, row[at] ?? -1]));
}
