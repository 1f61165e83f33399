import type { Speaker } from "../../../shared/coaching/utterance.ts";
import type { Side } from "./sound/write-recording.ts";

/** What somebody said in one go, in ms on the call's one clock; `timing` as in segments. */
export type ImportedUtterance = {
  speaker: Speaker;
  startMs: number;
  endMs: number;
  text: string;
  timing: number[];
};

/** A call as a file tells it, before anybody knows whose it is here. */
export type ImportedCall = {
  /** ISO 8601, with milliseconds. */
  startedAt: string;
  direction: "inbound" | "outbound";
  /** E-mail address of whoever of us held it; empty = the file does not say. */
  agent: string;
  /** E.164 where the file says it so; empty = it does not say. */
  customerPhone: string;
  note: string;
  utterances: ImportedUtterance[];
};

/** A recording with its transcript. */
export type FoundRecording = {
  /** As a person finds it again: relative to the folder, without an ending. */
  name: string;
  /** Everything that it is made of: two recordings of the same bytes are one. */
  files: readonly string[];
  /** @returns the call with its two sides, or what is wrong with the files */
  read(): Promise<{ call: ImportedCall; agent: Side; customer: Side } | { wrong: string }>;
};

/** Of a transcript. */
export const mostUtterances = 20_000;
/** When a call can have begun, ms since 1970: years beyond are no instants to a database. */
export const latestStartMs = 4e12;
/** On a call's clock: more than the longest sound that can be taken. */
export const latestMs = 36_000_000;
const mostWords = 4_000;
const longestText = 20_000;

/** Text as records hold it: no NUL, no half characters, one space between words. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").trim().slice(0, longestText).toWellFormed();
}

/**
 * The words' starts and lengths as segments keep them.
 * @param offsets ms from the utterance's start, one for each word of `text`; otherwise there is no telling
 */
export function timingOf(text: string, offsets: readonly number[], lengths: readonly number[]): number[] {
  const words = text.split(/\s+/u).filter(Boolean).length;
  if (offsets.length !== words || lengths.length !== words || words > mostWords) return [];
  return offsets.flatMap((offset, at) => [offset, lengths[at] ?? 0].map((ms) => Math.max(0, Math.round(ms))));
}

/** In order, without what says nothing; no utterance ends before it begins or starts before the call. */
export function tidyUtterances(utterances: readonly ImportedUtterance[]): ImportedUtterance[] {
  return utterances
    .map((one) => {
      const startMs = Math.max(0, Math.round(one.startMs));
      return { ...one, startMs, endMs: Math.max(startMs, Math.round(one.endMs)), text: cleanText(one.text) };
    })
    .filter(({ text }) => text !== "")
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}
