import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { nextAlarm, type AlarmState, type Signals } from "./alarm.ts";

// All times here are in ms on the call's clock.

/** What a playbook's rules noticed in what was said. */
export type Noticed = { target: "item" | "card"; key: string; atMs: number; phrase: string };

/** What the agent did; it stands against the rules, and outlives a restart of the replica. */
export type Deed =
  | { do: "tick"; item: string; done: boolean; atMs: number }
  | { do: "dismiss"; card: string; atMs: number }
  /** A window showed them the card that had come up at `shownAtMs`. */
  | { do: "see"; card: string; shownAtMs: number; atMs: number; calledFor?: CalledFor | undefined }
  | { do: "judge"; card: string; useful: boolean; atMs: number }
  | { do: "snooze"; untilMs: number; atMs: number };

/** What was said that brought up a card; of one that was seen absent where it was gone when that was told. */
export type CalledFor = { phrase: string; saidAtMs: number };
type Seen = Extract<Deed, { do: "see" }>;

export type CoachEvent =
  /** `atMs`: when this desk heard of it, which may be later than when it was said. */
  | { type: "noticed"; noticed: Noticed; atMs: number }
  | { type: "did"; deed: Deed }
  /** Before this desk started again the agent was shown a card, whatever brings it up now. */
  | { type: "had-seen"; seen: Seen }
  /** A model has other words for a card that came up at `shownAtMs`. */
  | { type: "worded"; key: string; shownAtMs: number; lines: readonly string[]; atMs: number }
  /** Time has passed; `signals` null = nothing can be warned of, e.g. while the call is held. */
  | { type: "passed"; atMs: number; signals: Signals | null };

export type ShownCard = CalledFor & {
  key: string;
  shownAtMs: number;
  leavesAtMs: number;
  judged: boolean | null;
  /** A model's; null = as the playbook has them. */
  lines: readonly string[] | null;
};

export type WaitingCard = CalledFor & { key: string };

export type Coach = {
  /** By key; what is absent was neither said nor ticked. */
  items: Readonly<Record<string, { doneAtMs: number | null; byHand: boolean }>>;
  card: ShownCard | null;
  /** Came while the one that is shown had hardly been read. */
  next: WaitingCard | null;
  /** Not again in this call. */
  dismissed: readonly string[];
  /** 0 = nothing is kept back. */
  snoozedUntilMs: number;
  alarm: AlarmState;
};

export const freshCoach: Coach = {
  items: {},
  card: null,
  next: null,
  dismissed: [],
  snoozedUntilMs: 0,
  alarm: null,
};

/** Nobody has read a card before that: a newer one waits. */
const leastShownMs = 3_000;
/** Nobody reads a card anew that is about to leave. */
const leastReadMs = 4_000;
/** A card that did not help goes, when the person has seen that they were heard. */
const leavesAfterNoMs = 1_200;

/** What a person sees of a call's coaching after one more thing has happened. */
export function nextCoach(coach: Coach, event: CoachEvent, rules: PlaybookRules | null): Coach {
  switch (event.type) {
    case "noticed":
      return takeNoticed(settle(coach, event.atMs, rules), event, rules);
    case "did":
      return takeDeed(settle(coach, event.deed.atMs, rules), event.deed, rules);
    case "had-seen":
      return showAgain(settle(coach, event.seen.atMs, rules), event.seen, rules);
    case "worded":
      return takeWords(settle(coach, event.atMs, rules), event);
    case "passed":
      return pass(settle(coach, event.atMs, rules), event, rules);
  }
}

/** The card that waited before and has gone unseen: a newer one took its place, or the agent wants no hints for a while. */
export function goneUnseen({ next }: Coach, after: Coach): WaitingCard | null {
  const isThere = next === null || after.next === next || after.card?.key === next.key;
  return isThere ? null : next;
}

/** Snoozing ends and cards leave by themselves; one that goes makes room for the one that waits. */
function settle(coach: Coach, atMs: number, rules: PlaybookRules | null): Coach {
  if (coach.snoozedUntilMs > 0 && atMs >= coach.snoozedUntilMs)
    return settle({ ...coach, snoozedUntilMs: 0 }, atMs, rules);
  const { card, next } = coach;
  const stays = card && atMs < card.leavesAtMs ? card : null;
  if (next && (!stays || atMs - stays.shownAtMs >= leastShownMs))
    return { ...coach, card: show(next, atMs, rules), next: null };
  return stays === card ? coach : { ...coach, card: stays };
}

function takeNoticed(
  coach: Coach,
  { noticed, atMs }: { noticed: Noticed; atMs: number },
  rules: PlaybookRules | null,
): Coach {
  const { target, key, phrase } = noticed;
  if (target === "item") return coach.items[key] ? coach : tick(coach, key, noticed.atMs, false);
  if (keepsBack(coach, key, atMs)) return coach;
  const called = { key, phrase, saidAtMs: noticed.atMs };
  const shown = show(called, atMs, rules);
  if (!shown) return coach;
  const { card } = coach;
  if (card?.key === key) return { ...coach, card: { ...card, leavesAtMs: shown.leavesAtMs } };
  if (card && atMs - card.shownAtMs < leastShownMs) return { ...coach, next: called };
  return { ...coach, card: shown, next: null };
}

/**
 * A guess, or what was compared in meaning, is not there when a call is gone through once more: what had called for a
 * card is kept with what was seen. The times of others may be up to two seconds from what they were.
 */
function showAgain(coach: Coach, seen: Seen, rules: PlaybookRules | null): Coach {
  const { card: key, shownAtMs, atMs, calledFor } = seen;
  const known = takeDeed(coach, seen, rules);
  if (known.card?.key === key || !calledFor || keepsBack(coach, key, atMs)) return known;
  const shown = show({ key, ...calledFor }, shownAtMs, rules);
  if (!shown || atMs >= shown.leavesAtMs) return coach;
  return { ...coach, card: shown, next: coach.next?.key === key ? null : coach.next };
}

/** The agent wants no card at that time, or not this one in this call. */
export function keepsBack(
  { snoozedUntilMs, dismissed }: Pick<Coach, "snoozedUntilMs" | "dismissed">,
  card: string,
  atMs: number,
): boolean {
  return atMs < snoozedUntilMs || dismissed.includes(card);
}

function takeDeed(coach: Coach, deed: Deed, rules: PlaybookRules | null): Coach {
  const { card } = coach;
  switch (deed.do) {
    case "tick":
      return tick(coach, deed.item, deed.done ? deed.atMs : null, true);
    case "dismiss": {
      const without = { ...coach, dismissed: [...coach.dismissed, deed.card] };
      return card?.key === deed.card ? settle({ ...without, card: null }, deed.atMs, rules) : without;
    }
    case "see":
      return card?.key === deed.card ? { ...coach, card: { ...card, shownAtMs: deed.shownAtMs } } : coach;
    case "judge": {
      if (card?.key !== deed.card) return coach;
      const leavesAtMs = deed.useful
        ? card.leavesAtMs
        : Math.min(card.leavesAtMs, deed.atMs + leavesAfterNoMs);
      return { ...coach, card: { ...card, judged: deed.useful, leavesAtMs } };
    }
    case "snooze": {
      const awake = deed.untilMs <= deed.atMs;
      const quiet = awake ? {} : { card: null, next: null, alarm: null };
      return { ...coach, ...quiet, snoozedUntilMs: deed.untilMs };
    }
  }
}

/** Better words take the place of the playbook's in the very card, once, while there is time to read them. */
function takeWords(
  coach: Coach,
  { key, shownAtMs, lines, atMs }: Extract<CoachEvent, { type: "worded" }>,
): Coach {
  const { card } = coach;
  const isIt =
    card?.key === key && card.shownAtMs === shownAtMs && card.lines === null && card.judged === null;
  if (!isIt || card.leavesAtMs - atMs < leastReadMs) return coach;
  return { ...coach, card: { ...card, lines } };
}

function pass(
  coach: Coach,
  { atMs, signals }: { atMs: number; signals: Signals | null },
  rules: PlaybookRules | null,
): Coach {
  const quiet = signals === null || rules === null || atMs < coach.snoozedUntilMs;
  const alarm = quiet ? null : nextAlarm(coach.alarm, signals, rules.alarms, atMs);
  return alarm === coach.alarm ? coach : { ...coach, alarm };
}

function tick(coach: Coach, key: string, doneAtMs: number | null, byHand: boolean): Coach {
  return { ...coach, items: { ...coach.items, [key]: { doneAtMs, byHand } } };
}

/** Null: the playbook has no such card. */
function show(
  { key, phrase, saidAtMs }: WaitingCard,
  atMs: number,
  rules: PlaybookRules | null,
): ShownCard | null {
  const card = rules?.cards.find((one) => one.key === key);
  if (!card) return null;
  const up = { shownAtMs: atMs, leavesAtMs: atMs + card.staysMs };
  return { key, phrase, saidAtMs, ...up, judged: null, lines: null };
}
