import { expect, test } from "vitest";
import {
  alarmWords,
  firstName,
  progressOf,
  secondsLeft,
  talkShares,
  transcriptWords,
} from "./coaching-words.ts";

test.each([
  [undefined, null],
  [0.455, { you: 46, them: 54 }],
  [1, { you: 100, them: 0 }],
  [0.005, { you: 1, them: 99 }],
])("a talk share of %s is shown as %j", (talkShareOfSpeech, shown) => {
  const metrics = talkShareOfSpeech === undefined ? {} : { talkShareOfSpeech };
  expect(talkShares({ metrics })).toEqual(shown);
});

test.each([
  ["Maria Kowalski", "Maria"],
  ["  Caitlin   O’Rourke", "Caitlin"],
  ["محمد العربي", "محمد"],
  ["王伟", "王伟"],
  ["+1 312-555-0147", ""],
])("%s is called %s", (customer, name) => {
  expect(firstName(customer)).toBe(name);
});

test("says what comes next, whichever items were done before", () => {
  const item = (key: string, doneAtMs: number | null) => ({
    key,
    label: key,
    hint: "",
    doneAtMs,
    byHand: false,
  });
  const list = [item("a", 1), item("b", null), item("c", 3)];
  expect(progressOf(list)).toMatchObject({ done: 2, next: { key: "b" } });
  expect(progressOf([item("a", 0)])).toEqual({ done: 1, next: null });
  expect(progressOf([])).toEqual({ done: 0, next: null });
});

test("counts a card's seconds down to none", () => {
  const answeredAt = "2026-11-21T09:00:00.000Z";
  expect(secondsLeft({ answeredAt }, 20_000, new Date("2026-11-21T09:00:05.400Z"))).toBe(15);
  expect(secondsLeft({ answeredAt }, 20_000, new Date("2026-11-21T09:00:25.000Z"))).toBe(0);
});

test("an alarm says its figure as one reads it", () => {
  expect(alarmWords({ kind: "monologue", value: 72_000 }).figure).toBe("1:12");
  expect(alarmWords({ kind: "pace", value: 185 })).toMatchObject({
    figure: "185",
    counts: "words a minute",
  });
});

test("a transcript that is missing says why, where the server has said it", () => {
  const why = "Your organisation's AI budget for this month is used up. It begins anew on 1 December.";
  const textOf = (transcript: "heard" | "silent" | "absent" | "stopped", given = "") =>
    transcriptWords({ transcript, why: given })?.text;
  expect(textOf("heard", why)).toBeUndefined();
  expect(textOf("absent")).toContain("under Rules");
  expect(textOf("absent", why)).toBe(`${why} Your call goes on, without talk share and hints.`);
  expect(textOf("stopped")).toBe("The figures stand where it ended. Your call goes on.");
  expect(textOf("stopped", why)).toBe(`${why} The figures stand where it ended. Your call goes on.`);
});

test("a transcript that waits for a yes says so, and not that somebody else must change something", () => {
  expect(transcriptWords({ transcript: "unagreed", why: "" })).toEqual({
    title: "Nothing is written down yet",
    text: "Talk share and hints come once they have agreed to the recording.",
  });
  expect(transcriptWords({ transcript: "paused", why: "" })).toEqual({
    title: "The transcript pauses",
    text: "It goes on once all have agreed to the recording.",
  });
});
