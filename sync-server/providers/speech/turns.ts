import type { Heard } from "../../coaching/speech/index.ts";

/** Understanding one turn may take so long; after that what is there stands. */
const patienceMs = 15_000;
const mostRemembered = 100;

type Turn = {
  startMs: number;
  endMs: number;
  /** The provider's name for it; null = it has not named it yet. */
  item: string | null;
  text: string;
  /** Nothing of it is said any more. */
  over: boolean;
  final: boolean;
};

/**
 * Turns of one speaker, told one after the other. A provider understands several at once and is done with them in any
 * order; a turn that it never finishes must not hold up the others.
 */
export function followTurns(onHeard: (heard: Heard) => void) {
  let turns: Turn[] = [];
  /** Of turns that were told: what comes of them late is not about the next one. */
  const told = new Set<string>();

  function named(item: string): Turn | undefined {
    if (told.has(item)) return undefined;
    const known = turns.find((turn) => turn.item === item);
    if (known) return known;
    const next = turns.find((turn) => turn.item === null);
    if (next) next.item = item;
    return next;
  }

  function tell(turn: Turn): void {
    if (turn !== turns[0]) return;
    const { startMs, endMs, final } = turn;
    const text = turn.text.trim();
    if (text !== "") onHeard({ text, final, startMs, endMs: Math.max(startMs, endMs), timing: [] });
    if (!final) return;
    if (turn.item !== null) remember(turn.item);
    turns = turns.slice(1);
    const [next] = turns;
    if (next && (next.text !== "" || next.final)) tell(next);
  }

  function remember(item: string): void {
    told.add(item);
    const [oldest] = told;
    if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
  }

  return {
    begin(startMs: number): void {
      turns.push({ startMs, endMs: startMs, item: null, text: "", over: false, final: false });
    },
    /** How far it is spoken. */
    reach(endMs: number): void {
      const last = turns.at(-1);
      if (last && !last.over) last.endMs = endMs;
    },
    end(): void {
      const last = turns.at(-1);
      if (last) last.over = true;
    },
    /** The provider names the turn that has ended first of those without a name. */
    name: (item: string): void => void named(item),
    add(item: string, words: string): void {
      const turn = named(item);
      if (!turn || turn.final) return;
      turn.text = (turn.text + words).slice(0, 20_000);
      tell(turn);
    },
    /** @param text null = it failed: what was understood of it stands */
    finish(item: string, text: string | null): void {
      const turn = named(item);
      if (!turn) return;
      Object.assign(turn, { text: text?.slice(0, 20_000) ?? turn.text, over: true, final: true });
      tell(turn);
    },
    /**
     * Gives up what should have been understood long ago.
     * @returns whether the provider has not even named it: then nobody knows any more which turn is which
     */
    isLost(nowMs: number): boolean {
      const [first] = turns;
      if (!first?.over || nowMs - first.endMs < patienceMs) return false;
      first.final = true;
      tell(first);
      return first.item === null;
    },
  };
}
