import { expect, test } from "vitest";
import { layOutHours } from "./hour-bars.ts";

const day = (calls: Record<number, number>): number[] =>
  Array.from({ length: 24 }, (_, hour) => calls[hour] ?? 0);

test("a day without calls keeps its axis and its working hours", () => {
  const { bars, ticks } = layOutHours(day({}), 440, 100);
  expect([bars[0]?.hour, bars.at(-1)?.hour]).toEqual([8, 18]);
  expect(bars.every((bar) => bar.height === 0)).toBe(true);
  expect(ticks.at(-1)?.y).toBe(0);
});

test("bars stand on one scale from zero and stay inside their box", () => {
  const { bars } = layOutHours(day({ 9: 4, 10: 8 }), 440, 100);
  const [nine, ten] = [9, 10].map((hour) => bars.find((bar) => bar.hour === hour));
  expect((ten?.height ?? 0) / (nine?.height ?? 1)).toBe(2);
  expect(bars.every((bar) => bar.x >= 0 && bar.x + bar.width <= 440 && bar.y >= 0)).toBe(true);
});

test("calls outside working hours widen the axis", () => {
  const { bars } = layOutHours(day({ 6: 1, 22: 1 }), 440, 100);
  expect([bars[0]?.hour, bars.at(-1)?.hour]).toEqual([6, 22]);
});

test("a narrow chart names every second hour", () => {
  const labels = (width: number): number =>
    layOutHours(day({}), width, 100).bars.filter((bar) => bar.label).length;
  expect([labels(600), labels(200)]).toEqual([11, 6]);
});
