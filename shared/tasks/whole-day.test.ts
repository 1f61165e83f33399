import { expect, test } from "vitest";
import { byDue, dueIn, dueOfDay } from "./whole-day.ts";

const at = (dueAt: string | null) => ({ dueAt, allDay: false });
const monday = { dueAt: dueOfDay("2026-05-04"), allDay: true };

test("a whole day is due at its noon by the clocks of a zone, also where that is another day in UTC", () => {
  expect(dueIn("America/Chicago")(monday)).toBe("2026-05-04T17:00:00.000Z");
  expect(dueIn("Pacific/Auckland")(monday)).toBe("2026-05-04T00:00:00.000Z");
  expect(dueIn("Pacific/Auckland")(at("2026-05-04T01:02:00.000Z"))).toBe("2026-05-04T01:02:00.000Z");
});

test.each([
  ["America/Chicago", ["nine", "day", "late", "some day"]],
  ["Pacific/Auckland", ["day", "nine", "late", "some day"]],
])("what is due is sorted by the clocks of %s, what is due at no time comes last", (zone, sorted) => {
  const tasks = [
    { name: "some day", ...at(null) },
    { name: "late", ...at("2026-05-04T21:00:00.000Z") },
    { name: "day", ...monday },
    { name: "nine", ...at("2026-05-04T14:00:00.000Z") },
  ];
  expect(tasks.sort(byDue(dueIn(zone))).map(({ name }) => name)).toEqual(sorted);
});
