import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf, wallTimeOf } from "../time/zone.ts";
import { isRecurrence, nextOccurrence } from "./recurrence.ts";

const ms = (text: string) => Date.parse(text);
const next = (rule: string, due: string, now: string, zone = "America/Chicago") => {
  const found = nextOccurrence(rule, ms(due), ms(now), zone);
  return found && { dueAt: new Date(found.dueAtMs).toISOString(), recurrence: found.recurrence };
};

test("weekly on Monday follows by a week", () => {
  expect(next("FREQ=WEEKLY;BYDAY=MO", "2026-05-04T14:00:00.000Z", "2026-05-04T15:00:00.000Z")?.dueAt).toBe(
    "2026-05-11T14:00:00.000Z",
  );
});

test("nine o'clock stays nine o'clock when clocks change", () => {
  expect(next("FREQ=DAILY", "2026-10-31T14:00:00.000Z", "2026-10-31T15:00:00.000Z")?.dueAt).toBe(
    "2026-11-01T15:00:00.000Z",
  );
});

test("what was missed is not piled up", () => {
  expect(next("FREQ=DAILY", "2026-05-01T14:00:00.000Z", "2026-05-06T18:00:00.000Z")?.dueAt).toBe(
    "2026-05-07T14:00:00.000Z",
  );
});

test("the 31st skips short months, the last day does not", () => {
  expect(
    next("FREQ=MONTHLY;BYMONTHDAY=31", "2026-05-31T12:00:00.000Z", "2026-05-31T12:00:00.000Z", "UTC")?.dueAt,
  ).toBe("2026-07-31T12:00:00.000Z");
  expect(
    next("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00.000Z", "UTC")?.dueAt,
  ).toBe("2026-02-28T12:00:00.000Z");
});

test("COUNT runs out, missed occurrences included; UNTIL ends", () => {
  expect(next("FREQ=DAILY;COUNT=3", "2026-05-04T09:00:00.000Z", "2026-05-04T10:00:00.000Z", "UTC")).toEqual({
    dueAt: "2026-05-05T09:00:00.000Z",
    recurrence: "FREQ=DAILY;COUNT=2",
  });
  expect(
    next("FREQ=DAILY;COUNT=2", "2026-05-05T09:00:00.000Z", "2026-05-05T10:00:00.000Z", "UTC"),
  ).toMatchObject({ recurrence: "FREQ=DAILY;COUNT=1" });
  expect(
    next("FREQ=DAILY;COUNT=1", "2026-05-06T09:00:00.000Z", "2026-05-06T10:00:00.000Z", "UTC"),
  ).toBeNull();
  expect(
    next("FREQ=DAILY;COUNT=3", "2026-05-04T09:00:00.000Z", "2026-05-10T10:00:00.000Z", "UTC"),
  ).toBeNull();
  expect(
    next("FREQ=DAILY;UNTIL=20260505T000000Z", "2026-05-04T09:00:00.000Z", "2026-05-04T10:00:00.000Z", "UTC"),
  ).toBeNull();
});

test("a rule that cannot be read repeats nothing and breaks nothing", () => {
  for (const rule of ["", "often", "FREQ=SOMETIMES", "DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY", ";;;"]) {
    expect([rule, nextOccurrence(rule, 0, 0, "UTC")]).toEqual([rule, null]);
  }
  expect(isRecurrence("FREQ=WEEKLY;BYDAY=MO")).toBe(true);
  expect(isRecurrence("often")).toBe(false);
});

test("occurrences move forward, never into the past, at the same time of day, on the days of the rule", () => {
  const zones = fc.constantFrom(
    "UTC",
    "America/Chicago",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Pacific/Auckland",
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 366 * 24 * 4 }),
      fc.integer({ min: -30 * 24, max: 60 * 24 }),
      zones,
      fc.integer({ min: 1, max: 5 }),
      (quarterHours, later, zone, interval) => {
        const due = Date.UTC(2026, 0, 1) + quarterHours * 900_000;
        const now = due + later * 3_600_000;
        const found = nextOccurrence(`FREQ=DAILY;INTERVAL=${interval}`, due, now, zone);
        expect(found).not.toBeNull();
        if (!found) return;
        expect(found.dueAtMs).toBeGreaterThan(due);
        expect(found.dueAtMs).toBeGreaterThanOrEqual(now - 3_600_000);
        const days = (ms(dayOf(found.dueAtMs, zone)) - ms(dayOf(due, zone))) / 86_400_000;
        expect(days % interval).toBe(0);
        const [from, to] = [wallTimeOf(due, zone), wallTimeOf(found.dueAtMs, zone)];
        // Only an hour that daylight saving skips may move.
        if (from.hour > 3 || from.hour < 1) expect([to.hour, to.minute]).toEqual([from.hour, from.minute]);
      },
    ),
    { numRuns: 300 },
  );
});
