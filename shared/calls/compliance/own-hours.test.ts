import { expect, test } from "vitest";
import { defaultWindows } from "./default-rules.ts";
import type { Range, WindowRule } from "./dial-rules.ts";
import { hoursAt, widerThanOurs, windowsInForce } from "./own-hours.ts";
import { isEmptyWeek, withoutWeek } from "./week.ts";

const range = (from: string, to: string): Range => ({ from, to });
const rule = (
  where: string,
  from: string,
  to: string,
  onHolidays: "open" | "closed" = "open",
): WindowRule => ({
  where,
  days: Array.from({ length: 7 }, () => [range(from, to)]),
  onHolidays,
  source: "ours",
});

test("a state's own hours hold together with those of its country", () => {
  const florida = hoursAt("US-FL", windowsInForce([rule("US-FL", "06:00", "22:00")]));
  expect(florida.days[0]).toEqual([range("08:00", "21:00")]);
  expect(florida.rules.map(({ where, source }) => [where, source])).toEqual([
    ["US-FL", "ours"],
    ["US", "47 CFR § 64.1200(c)(1), 16 CFR § 310.4(c)"],
  ]);
});

test("hours beyond Ringside's are named with the rule that they go against; within them, nothing is", () => {
  const wider = widerThanOurs("US-FL", [rule("US-FL", "06:00", "22:00")]);
  expect(wider?.days[0], "the country still ends the day at nine").toEqual([range("20:00", "21:00")]);
  expect(wider?.sources).toEqual(["Fla. Stat. § 501.616(6)(a)"]);
  expect(widerThanOurs("US-FL", [rule("US-FL", "09:00", "17:00")])).toBeNull();
  expect(widerThanOurs("US-FL", []), "Ringside's own are never wider than themselves").toBeNull();
});

test("dialling on holidays alone is wider where Ringside keeps them free", () => {
  const germany = (onHolidays: "open" | "closed") => ({
    ...rule("DE", "10:00", "17:00", onHolidays),
    days: hoursAt("DE", windowsInForce([])).days,
  });
  expect(widerThanOurs("DE", [germany("open")])).toMatchObject({
    onHolidays: true,
    sources: ["custom; § 7 UWG asks for consent first"],
  });
  expect(widerThanOurs("DE", [germany("closed")])).toBeNull();
});

test("a country that Ringside knows nothing of goes by the rule for everywhere, which a tenant may change too", () => {
  expect(widerThanOurs("CH", [rule("CH", "07:00", "17:00", "closed")])?.days).toEqual([
    ...Array.from({ length: 6 }, () => [range("07:00", "09:00")]),
    [range("07:00", "17:00")],
  ]);
  expect(hoursAt("CH", windowsInForce([rule("*", "10:00", "11:00")])).days[6]).toEqual([
    range("10:00", "11:00"),
  ]);
  expect(hoursAt("*", windowsInForce([])).rules.map(({ where }) => where)).toEqual(["*"]);
});

test("Ringside's hours of a region lie within those of its country: as they stand they are what holds there", () => {
  for (const { where, days } of defaultWindows)
    expect(isEmptyWeek(withoutWeek(days, hoursAt(where, defaultWindows).days)), where).toBe(true);
});
