import type { CallReport } from "../../entities/insight.ts";
import { compileInTurns, type CompiledPlaybook } from "../playbook/compile-playbook.ts";
import { replayInTurns } from "../playbook/replay-call.ts";
import type { Fired } from "../playbook/start-matching.ts";
import type { HandTick, ReportInput } from "./report-input.ts";
import type { Utterance } from "../utterance.ts";

export type Played = Pick<CallReport, "items" | "cards"> & {
  /** Cards that what the customer said called for. */
  raised: { key: string; title: string; lines: readonly string[]; atMs: number; phrase: string }[];
};

/**
 * Which items of the playbook were done, and which cards its rules called for while the call went on. What the agent
 * ticked or unticked by hand stands against what the rules heard. A card that was due need not have been seen: that
 * hints were off or it had been dismissed, and whether a desk was there at all, is not known here.
 * @param known the playbook, where it is compiled already
 */
export function* playInTurns(
  { call: { apart }, playbook, ticks, alike }: ReportInput,
  utterances: readonly Utterance[],
  known: CompiledPlaybook | null,
): Generator<void, Played> {
  if (playbook === null) return { items: [], cards: [], raised: [] };
  const compiled = known ?? (yield* compileInTurns(playbook));
  const [fired = []] = yield* replayInTurns([compiled], utterances, { durationMs: 0, apart, alike });
  const cards = playbook.cards.flatMap(({ key, title, lines }) =>
    fired
      .filter((one) => one.target === "card" && one.key === key)
      .map(({ atMs, phrase, speaker }) => ({ key, title, lines, atMs, phrase, speaker })),
  );
  cards.sort((a, b) => a.atMs - b.atMs);
  return {
    items: playbook.items.map(({ key, label }) => {
      const byHand = ticks.find((one) => one.item === key && one.playbook === playbook.key);
      return { key, label, atMs: byHand ? doneAt(byHand) : firstOf(fired, key) };
    }),
    cards: cards.slice(0, 200).map(({ key, title, phrase, atMs }) => ({ key, title, phrase, atMs })),
    raised: cards.filter(({ speaker, phrase }) => speaker === "customer" && phrase !== ""),
  };
}

function doneAt({ done, atMs }: HandTick): number | null {
  return done ? atMs : null;
}

function firstOf(fired: readonly Fired[], key: string): number | null {
  const times = fired.filter((one) => one.target === "item" && one.key === key).map(({ atMs }) => atMs);
  return times.length === 0 ? null : Math.min(...times);
}
