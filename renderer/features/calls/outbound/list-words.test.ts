import { describe, expect, test } from "vitest";
import { countWords, localTimeWords, nobodyWords, timeWords, turnWords } from "./list-words.ts";

const now = new Date(2026, 10, 21, 9, 0);
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clockIn = (zone: string, at: Date) => at.toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }); // prettier-ignore

describe("what a call list says", () => {
  test("who is left", () => {
    const none = { reserved: 0, calling: 0, reached: 3, attempts: 0, blocked: 0, removed: 0 };
    expect(countWords({ counts: { ...none, due: 28, later: 12 } })).toBe("28 due, 12 later");
    expect(countWords({ counts: { ...none, due: 0, later: 0 } })).toBe("nobody left");
  });

  test("why it is somebody's turn", () => {
    expect(turnWords({ because: "new", last: null }, now)).toBe("Not called yet");
    const last = { outcome: "busy" as const, at: later(-2).toISOString(), callId: "c" as never };
    expect(turnWords({ because: "retry", last }, now)).toBe("To be tried again; busy 2 h ago");
    expect(turnWords({ because: "new", last }, now)).toBe("Last time busy 2 h ago");
  });

  test("when and where somebody may be called next", () => {
    const at = later(6);
    expect(timeWords(at.toISOString(), here, now)).toBe("at 15:00");
    expect(timeWords(later(30).toISOString(), here, now)).toBe("tomorrow at 15:00");
    const denver = "America/Denver";
    const elsewhere = clockIn(here, at) === clockIn(denver, at) ? "Asia/Kolkata" : denver;
    const city = elsewhere === denver ? "Denver" : "Kolkata";
    expect(timeWords(at.toISOString(), elsewhere, now)).toBe(
      `at 15:00 (${clockIn(elsewhere, at)} in ${city})`,
    );
    expect(nobodyWords({ why: "later", at: at.toISOString(), because: "hours", zone: here }, now)).toBe(
      "Nobody may be called at this hour. Next at 15:00.",
    );
  });

  test("what clocks show where somebody may be", () => {
    const at = new Date("2026-11-21T13:42:00Z");
    expect(localTimeWords(["America/Denver"], at)).toBe("06:42 in Denver");
    expect(localTimeWords(["America/Chicago", "America/Denver"], at)).toBe("06:42 to 07:42 there");
    expect(localTimeWords(["America/New_York", "America/Detroit"], at)).toBe("08:42 in New York");
    expect(localTimeWords([], at)).toBe("");
  });
});
