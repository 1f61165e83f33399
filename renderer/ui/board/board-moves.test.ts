import { expect, test } from "vitest";
import { cardBeside, columnBeside } from "./board-moves.ts";

const order = [
  { key: "open", ids: ["a", "b"] },
  { key: "empty", ids: [] },
  { key: "offer", ids: ["c"] },
];

test("a card moves to the next column, also an empty one, and stops at the ends", () => {
  expect([columnBeside(order, "a", 1), columnBeside(order, "a", -1), columnBeside(order, "c", 1)]).toEqual([
    "empty",
    null,
    null,
  ]);
  expect(columnBeside(order, "zzz", 1)).toBeNull();
});

test("arrows go from card to card, over empty columns", () => {
  expect(cardBeside(order, null, "down")).toBe("a");
  expect(cardBeside(order, "a", "down")).toBe("b");
  expect(cardBeside(order, "b", "down")).toBe("b");
  expect(cardBeside(order, "b", "right")).toBe("c");
  expect(cardBeside(order, "c", "left")).toBe("a");
  expect(cardBeside(order, "c", "right")).toBe("c");
});
