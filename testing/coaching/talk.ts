import type { Battlecard, PlaybookRules, Trigger } from "../../shared/entities/playbook.ts";
import type { Speaker, Utterance } from "../../shared/coaching/utterance.ts";
import type { RecordId } from "../../shared/entities/id.ts";

const wordMs = 400;
const betweenMs = 100;

/** A word each half second, with 100 ms between two. Times in ms from the answer. */
export function says(
  speaker: Speaker,
  startMs: number,
  text: string,
  more: Partial<Omit<Utterance, "id">> & { id?: string } = {},
): Utterance {
  const count = text === "" ? 0 : text.split(" ").length;
  const timing = Array.from({ length: count }, (_, at) => [at * (wordMs + betweenMs), wordMs]).flat();
  const endMs = startMs + Math.max(0, count * (wordMs + betweenMs) - betweenMs);
  return {
    speaker,
    startMs,
    endMs,
    text,
    timing,
    revision: 1_000,
    final: true,
    ...more,
    id: (more.id ?? `${speaker}-${startMs}`) as RecordId,
  };
}

/** The same utterance as a recogniser tells it word by word; the last one is final. */
export function wordByWord(utterance: Utterance): Utterance[] {
  const words = utterance.text.split(" ");
  return words.map((_, at) => {
    const timing = utterance.timing.slice(0, (at + 1) * 2);
    const [startsMs = 0, lengthMs = 0] = timing.slice(-2);
    return {
      ...utterance,
      text: words.slice(0, at + 1).join(" "),
      timing,
      endMs: utterance.startMs + startsMs + lengthMs,
      revision: at,
      final: at === words.length - 1,
    };
  });
}

/** The same words, as if the recogniser had ended an utterance before each word that `isCut` names. */
export function split(utterance: Utterance, isCut: (word: number) => boolean): Utterance[] {
  const words = utterance.text.split(" ");
  const begins = words.map((_, at) => at).filter((at) => at === 0 || isCut(at));
  return begins.map((from, part) => {
    const to = begins[part + 1] ?? words.length;
    const offsetMs = utterance.timing[from * 2] ?? 0;
    const timing = utterance.timing
      .slice(from * 2, to * 2)
      .map((ms, at) => (at % 2 === 0 ? ms - offsetMs : ms));
    const [startsMs = 0, lengthMs = 0] = timing.slice(-2);
    const startMs = utterance.startMs + offsetMs;
    const endMs = startMs + startsMs + lengthMs;
    return {
      ...utterance,
      id: `${utterance.id}-${from}` as RecordId,
      startMs,
      endMs,
      timing,
      text: words.slice(from, to).join(" "),
    };
  });
}

type Phrases = Extract<Trigger, { kind: "phrases" }>;

export function phrases(given: Partial<Phrases> & { phrases: string[] }): Phrases {
  return { kind: "phrases", side: "customer", apart: 2, notNear: [], fromMs: null, untilMs: null, ...given };
}

export function cardOf(key: string, triggers: Trigger[], more: Partial<Battlecard> = {}): Battlecard {
  return { key, title: key, lines: ["One line"], triggers, everyMs: 60_000, staysMs: 20_000, ...more };
}

/** For any call, with nothing in it but what is given. */
export function playbookOf(given: Partial<PlaybookRules>): PlaybookRules {
  return {
    label: "Test",
    appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
    items: [],
    cards: [],
    alarms: { monologueMs: null, paceWpm: null, deadAirMs: null },
    ...given,
  };
}
