import { stemsOf } from "../text/stems.ts";
import { wordsOf, type Word } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";

/** A stem as one side said it. A word has several where two were said in one ("can't"). */
export type Token = { stem: string; word: Word };

/** Where a track changed: tokens from `from` up to, not including, `to`. */
export type Change = { from: number; to: number };

/**
 * What one side has said so far, as one row of stems, in the order of the clock: where an utterance ends means
 * nothing. `put` keeps the tokens that a revised telling leaves as they were.
 */
export type SpokenTrack = {
  tokens: readonly Token[];
  /** `endMs`: when its last word ended; 0 = it has none. */
  put(utterance: Utterance): Change & { endMs: number };
  remove(utteranceId: string): void;
};

type Block = { id: string; startMs: number; words: Word[]; tokens: number };

export function createSpokenTrack(): SpokenTrack {
  const tokens: Token[] = [];
  const blocks: Block[] = [];

  /** The block's place, and the tokens before it. Looked for from the end, where nearly all is said. */
  function placeOf(isHere: (block: Block) => boolean): { at: number; before: number } | null {
    let before = tokens.length;
    for (let at = blocks.length - 1; at >= 0; at -= 1) {
      const block = blocks[at];
      if (block === undefined) break;
      before -= block.tokens;
      if (isHere(block)) return { at, before };
    }
    return null;
  }

  function insert(id: string, startMs: number): { block: Block; before: number } {
    const block: Block = { id, startMs, words: [], tokens: 0 };
    const earlier = placeOf((other) => other.startMs <= startMs);
    const at = earlier ? earlier.at + 1 : 0;
    blocks.splice(at, 0, block);
    return { block, before: earlier ? earlier.before + (blocks[earlier.at]?.tokens ?? 0) : 0 };
  }

  function find(id: string, startMs: number): { block: Block; before: number } {
    const place = placeOf((block) => block.id === id);
    const block = place && blocks[place.at];
    if (!place || !block) return insert(id, startMs);
    if (block.startMs === startMs) return { block, before: place.before };
    remove(id);
    return insert(id, startMs);
  }

  function remove(id: string): void {
    const place = placeOf((block) => block.id === id);
    if (!place) return;
    const [block] = blocks.splice(place.at, 1);
    tokens.splice(place.before, block?.tokens ?? 0);
  }

  function put(utterance: Utterance): Change & { endMs: number } {
    const { block, before } = find(utterance.id, utterance.startMs);
    const words = wordsOf(utterance);
    const same = sameWords(block.words, words);
    const kept = countTokens(tokens, before, block.words.slice(0, same));
    const told = words.slice(same).flatMap(tokensOf);
    tokens.splice(before + kept, block.tokens - kept, ...told);
    block.words = [...block.words.slice(0, same), ...words.slice(same)];
    block.tokens = kept + told.length;
    return { from: before + kept, to: before + block.tokens, endMs: words.at(-1)?.endMs ?? 0 };
  }

  return { tokens, put, remove };
}

function tokensOf(word: Word): Token[] {
  return stemsOf(word.text).map((stem) => ({ stem, word }));
}

/** How many words at the beginning are as they were. */
function sameWords(known: readonly Word[], told: readonly Word[]): number {
  const differs = told.findIndex(({ text }, at) => known[at]?.text !== text);
  return differs < 0 ? told.length : differs;
}

function countTokens(tokens: readonly Token[], from: number, words: readonly Word[]): number {
  let count = 0;
  for (const word of words) while (tokens[from + count]?.word === word) count += 1;
  return count;
}
