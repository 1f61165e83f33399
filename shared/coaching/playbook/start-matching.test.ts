import { expect, test } from "vitest";
import type { Trigger } from "../../entities/playbook.ts";
import type { Utterance } from "../utterance.ts";
import { compilePlaybook } from "./compile-playbook.ts";
import { startMatching, type Fired } from "./start-matching.ts";

type Phrases = Extract<Trigger, { kind: "phrases" }>;

const anyTime = { fromMs: null, untilMs: null };

function phrases(given: Partial<Phrases> & { phrases: string[] }): Phrases {
  return { kind: "phrases", side: "customer", apart: 2, notNear: [], ...anyTime, ...given };
}

function matchingFor(triggers: Trigger[], card: { everyMs?: number; staysMs?: number } = {}) {
  const lines = ["One line"];
  return startMatching(
    compilePlaybook({
      label: "Test",
      appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
      items: [{ key: "item", label: "Item", hint: "", triggers }],
      cards: [{ key: "card", title: "Card", lines, triggers, everyMs: 60_000, staysMs: 20_000, ...card }],
      alarms: { monologueMs: null, paceWpm: null, deadAirMs: null },
    }),
  );
}

/** A word each half second, with 100 ms between two. */
function says(
  speaker: Utterance["speaker"],
  startMs: number,
  text: string,
  more: Partial<Utterance> = {},
): Utterance {
  const count = text.split(" ").length;
  const timing = Array.from({ length: count }, (_, at) => [at * 500, 400]).flat();
  const endMs = startMs + count * 500 - 100;
  return { id: `u${startMs}`, speaker, startMs, endMs, text, timing, revision: 1, final: true, ...more };
}

function told(fired: readonly Fired[]): string[] {
  return fired.map(({ target, atMs, phrase }) => `${target} at ${atMs}: ${phrase}`);
}

test("a phrase is found in any inflection, with other words between", () => {
  const matching = matchingFor([phrases({ phrases: ["more than we pay"] })]);
  const fired = matching.hear(says("customer", 1_000, "That is a bit more than what we're paying."));
  expect(told(fired)).toEqual([
    "item at 5400: more than what we're paying",
    "card at 5400: more than what we're paying",
  ]);
});
