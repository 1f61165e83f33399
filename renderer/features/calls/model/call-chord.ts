import type { PhoneView } from "./phone-view.ts";

/** Answers what rings; else ends the call that is up; else finishes its wrap-up. One chord, as every call centre knows it. */
export const callChord = "mod+enter";

/** So long after the chord has come to mean something else, it neither ends nor finishes anything. */
const deafMs = 1_500;

export type ChordView = Pick<PhoneView, "incoming" | "current" | "wrapUp"> & {
  /** Under the top bar, where the chord does not finish a wrap-up but opens it. */
  docked?: boolean;
};

export type ChordGuard = {
  /** Told of the phone whenever it changes, or the place where it is seen. */
  see(view: ChordView, nowMs: number): void;
  /** Whether who presses now has seen what it would end. */
  isMeant(nowMs: number): boolean;
};

/**
 * Keeps a chord from ending a call that it was not pressed for: pressed twice it would answer and then end, and end the
 * first call when a second caller gives up just before, or finish unread the wrap-up that it opened.
 */
export function createChordGuard(): ChordGuard {
  let meaning: string | null = null;
  let changedMs = Number.NEGATIVE_INFINITY;
  return {
    see(view, nowMs) {
      const next = meaningOf(view);
      // Where it meant nothing before, nobody has pressed it for something else.
      if (meaning !== null && meaning !== next) changedMs = nowMs;
      meaning = next;
    },
    isMeant: (nowMs) => nowMs - changedMs >= deafMs,
  };
}

function meaningOf({ incoming, current, wrapUp, docked = false }: ChordView): string | null {
  if (incoming) return `answer ${incoming.callId}`;
  if (current) return `end ${current.callId}`;
  return wrapUp ? `${docked ? "open" : "finish"} ${wrapUp.callId}` : null;
}
