import { expect, test } from "vitest";
import { laterChoices } from "./later-choices.ts";

const choices = (at: string, zone = "America/Denver") =>
  Object.fromEntries(laterChoices(zone, new Date(at)).map(({ label, at: when }) => [label, when]));

test("mornings are those of whoever is called", () => {
  // Saturday, 06:42 in Denver.
  expect(choices("2026-11-21T13:42:00.000Z")).toEqual({
    "In an hour": "2026-11-21T14:42:00.000Z",
    "In three hours": "2026-11-21T16:42:00.000Z",
    "Tomorrow morning there": "2026-11-22T17:00:00.000Z",
    "Monday morning there": "2026-11-23T17:00:00.000Z",
  });
});

test("on a Sunday Monday is tomorrow, on a Monday it is a week away", () => {
  expect(Object.keys(choices("2026-11-22T18:00:00.000Z"))).toHaveLength(3);
  expect(choices("2026-11-23T18:00:00.000Z")["Monday morning there"]).toBe("2026-11-30T17:00:00.000Z");
});
