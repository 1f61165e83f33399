import { expect, test } from "vitest";
import { addDays, dayOf, instantOfWall, startOfDay, wallTimeOf, isZone } from "./zone.ts";

test("a day begins at midnight of the zone, also on the days when clocks change", () => {
  expect(new Date(startOfDay("2026-03-29", "Europe/Berlin")).toISOString()).toBe("2026-03-28T23:00:00.000Z");
  expect(new Date(startOfDay("2026-03-30", "Europe/Berlin")).toISOString()).toBe("2026-03-29T22:00:00.000Z");
  expect(new Date(startOfDay("2026-07-01", "America/Chicago")).toISOString()).toBe(
    "2026-07-01T05:00:00.000Z",
  );
});

test("a skipped time moves on by an hour, a doubled one is the first", () => {
  const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
  expect(wallTimeOf(instantOfWall(skipped, "Europe/Berlin"), "Europe/Berlin")).toMatchObject({
    hour: 3,
    minute: 30,
  });
  const doubled = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
  expect(new Date(instantOfWall(doubled, "Europe/Berlin")).toISOString()).toBe("2026-10-25T00:30:00.000Z");
});

test("wall time and instant are inverse around the year in several zones", () => {
  for (const zone of ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo"]) {
    for (let hour = 0; hour < 24 * 365; hour += 7) {
      const at = Date.UTC(2026, 0, 1, hour);
      const back = instantOfWall(wallTimeOf(at, zone), zone);
      // The doubled hour has two instants with one wall time: the first of them comes back.
      expect([0, 3_600_000]).toContain(at - back);
    }
  }
});

test("days count through months and years, and an unknown zone is UTC", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(dayOf(Date.UTC(2026, 0, 1, 23, 59), "Nowhere/Land")).toBe("2026-01-01");
});

test("a zone is what Intl knows by name", () => {
  const names = ["Europe/Lisbon", "UTC", "Asia/Calcutta", "Mars/Olympus", "", "+05:30"];
  expect(names.filter(isZone)).toEqual(["Europe/Lisbon", "UTC", "Asia/Calcutta"]);
});
