import type { Utterance } from "../utterance.ts";
import { candidateOf, type Candidate } from "./candidate.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";

/** How alike in meaning a text is to each of some others, 0 to 1. Asks a provider of embeddings. */
export type Likeness = (said: string, meanings: readonly string[]) => Promise<readonly number[]>;

/** Asks about whole utterances, and keeps the answers until somebody looks. A provider that fails has nothing to say. */
export function listenForMeaning(
  { meanings }: CompiledPlaybook,
  likeness: Likeness | null,
): { hear(utterance: Utterance): void; arrived(): Candidate[] } {
  let found: Candidate[] = [];

  async function ask({ speaker, text, startMs, endMs }: Utterance, compare: Likeness): Promise<void> {
    const rules = meanings[speaker];
    const alike = await compare(
      text,
      rules.map((rule) => rule.text),
    );
    const what = { fromMs: startMs, atMs: endMs, phrase: text.slice(0, 200), speaker };
    found.push(
      ...rules
        .filter((rule, at) => (alike[at] ?? 0) >= rule.likeness)
        .flatMap((rule) => candidateOf(rule, what)),
    );
  }

  return {
    hear(utterance) {
      const isWhole = utterance.final && utterance.text !== "";
      if (!likeness || !isWhole || meanings[utterance.speaker].length === 0) return;
      ask(utterance, likeness).catch(() => undefined);
    },
    arrived() {
      const arrived = found;
      found = [];
      return arrived;
    },
  };
}
