import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { wordsOf } from "../../../shared/coaching/text/words.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Hit, TriedCall } from "../../admin/playbooks/wire.ts";
import type { Chosen } from "./playbook-editor.tsx";

/** One moment of one call in which the chosen item or card comes up: by the draft, by what is live, or by both. */
export type Moment = {
  call: TriedCall;
  hit: Hit;
  inDraft: boolean;
  inLive: boolean;
  useful: boolean | null;
};

/** Two versions mean the same moment where they quote a word more or less. */
const sameMomentMs = 1_500;

/** In the order of the list: calls newest first, a call from its beginning. */
export function momentsOf(calls: readonly TriedCall[], chosen: NonNullable<Chosen>): Moment[] {
  return calls.flatMap((call) => {
    const [draft, live] = [hitsOf(call.draft, chosen), hitsOf(call.live, chosen)];
    const liveAlone = live.filter((hit) => !draft.some((other) => isSameMoment(hit, other)));
    return [...draft, ...liveAlone]
      .toSorted((one, other) => one.atMs - other.atMs)
      .map((hit) => ({
        call,
        hit,
        inDraft: draft.includes(hit),
        inLive: live.some((other) => isSameMoment(hit, other)),
        useful: call.judged.find((one) => one.card === chosen.key && one.atMs === hit.atMs)?.useful ?? null,
      }));
  });
}

function hitsOf(hits: readonly Hit[], { list, key }: NonNullable<Chosen>): Hit[] {
  const target = list === "items" ? "item" : "card";
  return hits.filter((hit) => hit.target === target && hit.key === key);
}

function isSameMoment(one: Hit, other: Hit): boolean {
  return Math.abs(one.atMs - other.atMs) <= sameMomentMs;
}

/** How often, and in how many calls. */
export function countMoments(moments: readonly Moment[]): { times: number; calls: number } {
  return { times: moments.length, calls: new Set(moments.map(({ call }) => call.callId)).size };
}

export type HitCounts = {
  /** The share of calls in which an item was done, "84%"; empty without calls. */
  adherence(item: string): string;
  /** How often a card came up. */
  fired(card: string): string;
};

export function countHits(calls: readonly TriedCall[]): HitCounts {
  const doneIn = (item: string) =>
    calls.filter(({ draft }) => draft.some(({ target, key }) => target === "item" && key === item)).length;
  const times = (card: string) =>
    calls.reduce((sum, { draft }) => sum + hitsOf(draft, { list: "cards", key: card }).length, 0);
  return {
    adherence: (item) => (calls.length === 0 ? "" : `${Math.round((doneIn(item) / calls.length) * 100)}%`),
    fired: (card) => (calls.length === 0 ? "" : String(times(card))),
  };
}

/** How often each phrase of a trigger was the one that fired, by its place. */
export function countPhrases(
  calls: readonly TriedCall[],
  chosen: NonNullable<Chosen>,
  trigger: number,
): number[] {
  const counts: number[] = [];
  for (const { draft } of calls)
    for (const hit of hitsOf(draft, chosen))
      if (hit.trigger === trigger) counts[hit.of] = (counts[hit.of] ?? 0) + 1;
  return counts;
}

/** Where the lines end: the longest call, to a full minute. At least one, so that a share of it is a number. */
export function scaleMs(calls: readonly TriedCall[]): number {
  const longest = calls.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  return Math.max(1, Math.ceil(longest / 60_000)) * 60_000;
}

/** The characters of a text that were said while a hit was: its words with the signs between them. */
export function markedIn(
  said: Pick<Utterance, "text" | "startMs" | "endMs" | "timing">,
  { fromMs, atMs }: Pick<Hit, "fromMs" | "atMs">,
): { from: number; to: number } | null {
  let at = 0;
  const places = wordsOf(said).flatMap(({ text, startMs, endMs }) => {
    const from = said.text.indexOf(text, at);
    at = from + text.length;
    const isMeant = startMs >= fromMs && (endMs <= atMs || startMs === fromMs);
    return isMeant ? [{ from, to: at }] : [];
  });
  const [first] = places;
  return first ? { from: first.from, to: places.at(-1)?.to ?? first.to } : null;
}

/** Whom a call was with, as far as anybody knows. */
export function otherOf({ customer, number }: Pick<TriedCall, "customer" | "number">): string {
  return customer || formatPhone(number) || "Unknown";
}
