import { isNear, nearKnownAt } from "./near-words.ts";
import type { PhraseMatch } from "./phrase-search.ts";
import type { SpokenTrack, Token } from "./spoken-track.ts";

type Waiting = { rule: PhraseMatch["rule"]; first: Token; last: Token };

/** Matches of one side that wait for what comes after them, because something must not stand near. */
export type WaitingRoom = {
  take(matches: readonly PhraseMatch[]): void;
  /** Those that are certain by now. What a revised telling has unsaid meanwhile is gone. */
  leave(nowMs: number): { match: PhraseMatch; knownMs: number }[];
};

export function createWaitingRoom({ tokens }: SpokenTrack): WaitingRoom {
  let waiting: Waiting[] = [];

  /** Null = taken back. */
  function placeOf({ rule, first, last }: Waiting): PhraseMatch | null {
    const to = tokens.lastIndexOf(last);
    const from = tokens.lastIndexOf(first, to);
    return to < 0 || from < 0 ? null : { rule, from, to };
  }

  return {
    take(matches) {
      const added = matches.flatMap(({ rule, from, to }): Waiting[] => {
        const [first, last] = [tokens[from], tokens[to]];
        const isThere = waiting.some((other) => other.rule === rule && other.last === last);
        return first && last && !isThere ? [{ rule, first, last }] : [];
      });
      waiting = [...waiting, ...added];
    },
    leave(nowMs) {
      const here = waiting.flatMap((one) => {
        const match = placeOf(one);
        return match ? [{ one, match, knownMs: nearKnownAt(tokens, match.to, nowMs) }] : [];
      });
      waiting = here.filter(({ knownMs }) => knownMs === null).map(({ one }) => one);
      return here
        .flatMap(({ match, knownMs }) => (knownMs === null ? [] : [{ match, knownMs }]))
        .filter(({ match }) => !isNear(tokens, match, match.rule.notNear));
    },
  };
}
