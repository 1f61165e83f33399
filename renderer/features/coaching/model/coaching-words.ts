import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { formatDuration } from "../../../ui/format/times.ts";

type Item = LiveCoaching["checklist"][number];
type Alarm = NonNullable<LiveCoaching["alarm"]>;

/** What both sides said of all that was said, in whole percent that add up to 100; null = nobody has spoken. */
export function talkShares({ metrics }: Pick<LiveCoaching, "metrics">): { you: number; them: number } | null {
  const share = metrics.talkShareOfSpeech;
  if (share === undefined) return null;
  const you = Math.round(share * 100);
  return { you, them: 100 - you };
}

/** As one says it in a call: "Maria". Empty where there is a number and no name: it says nothing beside a figure. */
export function firstName(customer: string): string {
  return /\p{L}/u.test(customer) ? (customer.trim().split(/\s+/u)[0] ?? customer) : "";
}

/** @property next the first that is not done; null = all are */
export function progressOf(checklist: readonly Item[]): { done: number; next: Item | null } {
  return {
    done: checklist.filter(({ doneAtMs }) => doneAtMs !== null).length,
    next: checklist.find(({ doneAtMs }) => doneAtMs === null) ?? null,
  };
}

/** @returns the figure, what it counts, and what to do about it */
export function alarmWords({ kind, value }: Alarm): { figure: string; counts: string; advice: string } {
  switch (kind) {
    case "monologue":
      return {
        figure: formatDuration(value / 1000),
        counts: "without a pause",
        advice: "Stop and ask: “What would make this work for you?”",
      };
    case "dead-air":
      return {
        figure: formatDuration(value / 1000),
        counts: "of silence",
        advice: "Say what you are doing, or ask a question.",
      };
    case "pace":
      return { figure: String(value), counts: "words a minute", advice: "Slow down. Take a breath." };
  }
}

/** Not a word has come: there are no figures to show. */
export function isUnheard({ transcript }: Pick<LiveCoaching, "transcript">): boolean {
  return transcript === "silent" || transcript === "unagreed" || transcript === "absent";
}

/** What has to be known of a transcript that does not simply run. */
export function transcriptWords({
  transcript,
  why,
}: Pick<LiveCoaching, "transcript" | "why">): { title: string; text: string } | null {
  switch (transcript) {
    case "heard":
      return null;
    case "silent":
      return {
        title: "Listening…",
        text: "Talk share and hints come with the first words of the transcript.",
      };
    case "unagreed":
      return {
        title: "Nothing is written down yet",
        text: "Talk share and hints come once they have agreed to the recording.",
      };
    case "absent":
      return {
        title: "Nobody writes this call down",
        text:
          why === ""
            ? "Talk share and hints need a transcript. Who makes it is chosen in the console, under Rules."
            : `${why} Your call goes on, without talk share and hints.`,
      };
    case "paused":
      return { title: "The transcript pauses", text: "It goes on once all have agreed to the recording." };
    case "stopped":
      return {
        title: "The transcript has stopped",
        text: `${why} The figures stand where it ended. Your call goes on.`.trim(),
      };
  }
}

/** Whole seconds until a card leaves. @param now of this machine */
export function secondsLeft(
  { answeredAt }: Pick<LiveCoaching, "answeredAt">,
  leavesAtMs: number,
  now: Date,
): number {
  return Math.max(0, Math.ceil((Date.parse(answeredAt) + leavesAtMs - now.getTime()) / 1000));
}
