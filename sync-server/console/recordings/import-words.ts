import type { RecordingImport, Verdict } from "../../../shared/calls/recording-import-wire.ts";
import { countOf, formatCount } from "../../../renderer/ui/format/numbers.ts";

/** How far an import is, in a few words. */
export function sayState({ state, total, counts, calls }: RecordingImport): string {
  switch (state) {
    case "looking":
      return `Looking: ${formatCount(looked(counts))} of ${formatCount(total ?? 0)}`;
    case "ready":
      return "Waits for you";
    case "taking":
      return total === null
        ? "By a command that is not at its end"
        : `${formatCount(counts.taken)} taken so far`;
    case "done":
      return `${countOf(calls, "call")}`;
    case "undoing":
      return "Being taken out again";
    case "undone":
      return "Taken out again";
  }
}

/** Recordings that were looked at. */
export function looked(counts: RecordingImport["counts"]): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export const verdictNames: Record<Verdict, string> = {
  taken: "Came in",
  ready: "Can come in",
  unnamed: "Name nobody",
  known: "Here already",
  refused: "Refused",
};

/** What has a tab: whatever there is, and refused ones even where there are none. */
export function shownVerdicts({ counts }: RecordingImport): Verdict[] {
  const all: Verdict[] = ["taken", "ready", "unnamed", "known", "refused"];
  return all.filter((verdict) => counts[verdict] > 0 || verdict === "refused");
}

/** Whether it changes by itself. */
export function isGoing({ state, total }: RecordingImport): boolean {
  return state === "looking" || state === "undoing" || (state === "taking" && total !== null);
}
