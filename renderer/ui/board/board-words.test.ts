import { expect, test } from "vitest";
import { announcementsOf } from "./board-words.ts";

const said = announcementsOf({
  columns: [
    { key: "new", label: "New", total: 1, cards: [{ id: "a", name: "Wei Chen" }] },
    { key: "tour", label: "Tour", total: 0, cards: [] },
  ],
  cardId: ({ id }) => id,
  cardLabel: ({ name }) => name,
});
const drag = (over: string | null) =>
  ({ active: { id: "a" }, over: over === null ? null : { id: over } }) as never;

test("a dragged card and its column are read out by their names", () => {
  expect([said.onDragStart(drag(null)), said.onDragOver(drag("tour")), said.onDragEnd(drag("tour"))]).toEqual(
    ["Picked up Wei Chen.", "Wei Chen is over Tour.", "Wei Chen is in Tour."],
  );
});

test("a card that is let go beside the columns, or taken back, is said to stay", () => {
  expect([said.onDragEnd(drag(null)), said.onDragCancel(drag("tour"))]).toEqual([
    "Wei Chen stays where it was.",
    "Wei Chen stays where it was.",
  ]);
});
