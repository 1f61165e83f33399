import fc from "fast-check";
import { expect, test } from "vitest";
import { wallTimeOf } from "../../time/zone.ts";
import { closuresAt, nextOpening, type Hours } from "./calling-window.ts";
import type { Range, WindowRule } from "./dial-rules.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const wall = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from: wall(from), to: wall(to) }));
const anyRule: fc.Arbitrary<WindowRule> = fc.record({
  where: fc.constant("*"),
  days: fc.array(fc.array(anyRange, { maxLength: 2 }), { minLength: 7, maxLength: 7 }),
  onHolidays: fc.constantFrom("open", "closed"),
  source: fc.constant("a test"),
});
// Half-hour offsets, a half-hour change of clocks, changes at midnight, none at all, both hemispheres.
const anyZone = fc.constantFrom(
  "America/New_York",
  "America/Chicago",
  "America/Phoenix",
  "America/St_Johns",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Pacific/Auckland",
);
const anyZones = fc.uniqueArray(anyZone, { minLength: 1, maxLength: 3 });
/** Half of them around the days on which one of the zones changes its clocks. */
const anyMinute = fc.oneof(
  fc.integer({ min: 0, max: 525_600 }).map((minute) => Date.UTC(2026, 0, 1) + minute * minuteMs),
  fc
    .tuple(
      fc.constantFrom(
        "2026-03-08",
        "2026-03-29",
        "2026-04-05",
        "2026-04-24",
        "2026-09-06",
        "2026-10-25",
        "2026-11-01",
      ),
      fc.integer({ min: -1_500, max: 2_900 }),
    )
    .map(([day, minute]) => Date.parse(`${day}T00:00:00.000Z`) + minute * minuteMs),
);

function hoursIn(zones: readonly string[], rules: readonly WindowRule[]): Hours {
  return { place: { country: "US", regions: [], zones, notes: [] }, rules, holidays: [] };
}

const allowed = (hours: Hours, atMs: number) => closuresAt(hours, atMs).length === 0;

test("a moment is allowed in several zones when each of them allows it alone", () => {
  let both = 0;
  fc.assert(
    fc.property(
      anyZones,
      fc.array(anyRule, { minLength: 1, maxLength: 2 }),
      anyMinute,
      (zones, rules, at) => {
        const alone = zones.every((zone) => rules.every((rule) => allowed(hoursIn([zone], [rule]), at)));
        if (alone) both += 1;
        expect(allowed(hoursIn(zones, rules), at)).toBe(alone);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(both).toBeGreaterThan(20);
});

test("what is allowed lies within a range of its own weekday, by the clock on the wall", () => {
  let seen = 0;
  fc.assert(
    fc.property(anyZone, anyRule, anyMinute, (zone, rule, at) => {
      if (!allowed(hoursIn([zone], [{ ...rule, onHolidays: "open" }]), at)) return;
      seen += 1;
      const { year, month, day, hour, minute } = wallTimeOf(at, zone);
      const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
      const now = wall(hour * 60 + minute);
      expect(rule.days[weekday]?.some(({ from, to }) => from <= now && now < to)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect(seen).toBeGreaterThan(50);
});

test("the next opening is allowed, and no minute before it is", () => {
  let waited = 0;
  fc.assert(
    fc.property(
      anyZones,
      fc.array(anyRule, { minLength: 1, maxLength: 2 }),
      anyMinute,
      (zones, rules, at) => {
        const hours = hoursIn(zones, rules);
        const next = nextOpening(hours, at);
        // Two days by the minute are enough to catch a wrong beginning; more would only take longer.
        const horizon = at + 48 * hourMs;
        const first = minutesBetween(at, horizon).find((minute) => allowed(hours, minute));
        if (next !== null && next > at) waited += 1;
        expect(next !== null && next < horizon ? next : undefined).toBe(first);
        if (next !== null) expect(allowed(hours, next)).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
  expect(waited).toBeGreaterThan(3);
});

function minutesBetween(fromMs: number, toMs: number): number[] {
  return Array.from({ length: (toMs - fromMs) / minuteMs }, (_, index) => fromMs + index * minuteMs);
}

const everyDay = (from: string, to: string): WindowRule => ({
  where: "*",
  days: Array.from({ length: 7 }, () => [{ from, to }]),
  onHolidays: "open",
  source: "a test",
});
const at = (text: string) => Date.parse(text);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

test("when clocks go forward, a window that begins in the hour that is skipped begins after it", () => {
  const berlin = hoursIn(["Europe/Berlin"], [everyDay("02:30", "04:00")]);
  expect(iso(nextOpening(berlin, at("2026-03-29T00:10:00Z")))).toBe("2026-03-29T01:00:00.000Z");
});

test("when clocks go back, a window in the doubled hour opens twice", () => {
  const berlin = hoursIn(["Europe/Berlin"], [everyDay("02:10", "02:20")]);
  expect(iso(nextOpening(berlin, at("2026-10-25T00:05:00Z")))).toBe("2026-10-25T00:10:00.000Z");
  expect(iso(nextOpening(berlin, at("2026-10-25T00:30:00Z")))).toBe("2026-10-25T01:10:00.000Z");
});

test("eight in the morning is eight in the morning on either side of a change of clocks", () => {
  const newYork = hoursIn(["America/New_York"], [everyDay("08:00", "21:00")]);
  expect(iso(nextOpening(newYork, at("2026-03-08T05:00:00Z")))).toBe("2026-03-08T12:00:00.000Z");
  expect(iso(nextOpening(newYork, at("2026-11-01T05:00:00Z")))).toBe("2026-11-01T13:00:00.000Z");
});

test("a window up to midnight and one from midnight meet; without the second, midnight closes", () => {
  const late = [{ from: "20:00", to: "24:00" }];
  const early = [{ from: "00:00", to: "02:00" }];
  const rule = (sunday: Range[]): WindowRule => ({ ...everyDay("20:00", "24:00"), days: [late, late, late, late, late, late, sunday] }); // prettier-ignore
  const saturdayNight = at("2026-11-21T23:59:00Z");
  expect(allowed(hoursIn(["UTC"], [rule(early)]), saturdayNight + minuteMs)).toBe(true);
  expect(allowed(hoursIn(["UTC"], [rule(late)]), saturdayNight)).toBe(true);
  expect(allowed(hoursIn(["UTC"], [rule(late)]), saturdayNight + minuteMs)).toBe(false);
});

test("hours that never meet have no next opening", () => {
  const hours = hoursIn(["Asia/Tokyo", "America/New_York"], [everyDay("12:00", "14:00")]);
  expect(nextOpening(hours, at("2026-11-21T12:00:00Z"))).toBeNull();
});

test("a closed holiday is skipped whole, with the day on which it is kept", () => {
  const rule: WindowRule = { ...everyDay("08:00", "20:00"), onHolidays: "closed" };
  const chicago = hoursIn(["America/Chicago"], [rule]);
  expect(closuresAt(chicago, at("2026-11-26T18:00:00Z"))).toMatchObject([
    { why: "holiday", holiday: "Thanksgiving" },
  ]);
  expect(iso(nextOpening(chicago, at("2026-11-26T03:00:00Z")))).toBe("2026-11-27T14:00:00.000Z");
  // Independence Day 2026 is a Saturday.
  expect(closuresAt(chicago, at("2026-07-03T18:00:00Z"))).toMatchObject([
    { holiday: "Independence Day, observed" },
  ]);
});
