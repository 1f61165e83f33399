import { expect, test } from "vitest";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import { lastOffset, sayAttempts, sayEntry } from "./entry-words.ts";

const now = new Date(2026, 10, 18, 14, 30);
const at = (hour: number) => new Date(2026, 10, 18, hour).toISOString();
const turn = (notBefore: string | null, because: "new" | "retry" | "asked") =>
  ({ state: "waiting", notBefore, because }) as CallListEntry["now"];
const nameOf = (userId: string) => (userId === "ana" ? "Ana Ruiz" : "an agent");

test("an entry says when its turn comes and why not before, or whose it is", () => {
  expect(sayEntry(turn(null, "new"), now, nameOf)).toBe("Due");
  expect(sayEntry(turn(at(16), "retry"), now, nameOf)).toBe("Today 16:00, next attempt");
  expect(sayEntry(turn(at(9), "retry"), now, nameOf), "its time has come").toBe("Due");
  expect(sayEntry(turn(at(9), "asked"), now, nameOf)).toBe("Due, asked for");
  const theirs = {
    ...turn(null, "new"),
    state: "reserved",
    by: "ana",
    until: at(15),
  } as CallListEntry["now"];
  expect(sayEntry(theirs, now, nameOf)).toBe("Ana Ruiz reads");
  const done = { state: "done", why: "attempts", at: at(12) } as CallListEntry["now"];
  expect(sayEntry(done, now, nameOf)).toBe("Attempts used up Today 12:00");
});

test("attempts are counted with what the last one came to", () => {
  expect(sayAttempts({ attempts: 0, last: null }, now)).toBe("");
  const last = { outcome: "no-answer", at: at(9), callId: "c" } as CallListEntry["last"];
  expect(sayAttempts({ attempts: 2, last }, now)).toBe("2 times, no answer Today");
});

test("the last page is one that somebody stands on", () => {
  expect([0, 1, 50, 51, 100, 101].map((total) => lastOffset(total, 50))).toEqual([0, 0, 0, 50, 50, 100]);
});
