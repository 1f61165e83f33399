import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import { periodOf, type PeriodKind } from "./period.ts";

// Zones whose clocks change at midnight, by half an hour, over the date line, or never.
const zones = fc.constantFrom(
  ...["UTC", "America/New_York", "Europe/Berlin", "Asia/Beirut", "Africa/Cairo", "America/Havana"],
  ...["Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "America/Santiago", "Pacific/Kiritimati"],
);
const kinds = fc.constantFrom<PeriodKind>("day", "week", "month");
const instants = fc.integer({
  min: Date.parse("2015-01-01T00:00:00Z"),
  max: Date.parse("2035-01-01T00:00:00Z"),
});

test("periods follow each other without a gap and without an overlap, whatever clocks do", () => {
  fc.assert(
    fc.property(instants, zones, kinds, (atMs, zone, kind) => {
      const { firstDay, endsMs } = periodOf(atMs, zone, kind);
      expect(endsMs).toBeGreaterThan(atMs);
      expect(periodOf(endsMs - 1, zone, kind)).toEqual({ firstDay, endsMs });
      const next = periodOf(endsMs, zone, kind);
      expect(next.firstDay > firstDay).toBe(true);
      expect(next.firstDay).toBe(dayOf(endsMs, zone));
      expect(next.endsMs).toBeGreaterThan(endsMs);
    }),
    { numRuns: 500 },
  );
});

test("a week begins on a Monday, a month on its first, and both hold the day that asked", () => {
  fc.assert(
    fc.property(instants, zones, (atMs, zone) => {
      const today = dayOf(atMs, zone);
      const week = periodOf(atMs, zone, "week").firstDay;
      expect(new Date(`${week}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(week <= today && today < addDays(week, 7)).toBe(true);
      expect(periodOf(atMs, zone, "month").firstDay).toBe(`${today.slice(0, 7)}-01`);
      expect(periodOf(atMs, zone, "day").firstDay).toBe(today);
    }),
  );
});

test.each([
  // The day that daylight saving makes an hour shorter, and one that begins at one o'clock.
  ["2026-03-08T12:00:00Z", "America/New_York", "day", "2026-03-08", "2026-03-09T04:00:00.000Z"],
  ["2022-03-26T12:00:00Z", "Asia/Beirut", "day", "2022-03-26", "2022-03-26T22:00:00.000Z"],
  ["2024-02-29T23:59:59Z", "UTC", "month", "2024-02-01", "2024-03-01T00:00:00.000Z"],
  ["2026-12-31T23:30:00Z", "Asia/Tokyo", "month", "2027-01-01", "2027-01-31T15:00:00.000Z"],
  ["2026-11-01T05:30:00Z", "America/New_York", "week", "2026-10-26", "2026-11-02T05:00:00.000Z"],
] as const)("%s in %s: its %s begins on %s and ends at %s", (at, zone, kind, firstDay, ends) => {
  const period = periodOf(Date.parse(at), zone, kind);
  expect([period.firstDay, new Date(period.endsMs).toISOString()]).toEqual([firstDay, ends]);
});
