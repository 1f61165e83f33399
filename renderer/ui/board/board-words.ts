import type { Announcements } from "@dnd-kit/core";
import type { BoardProps } from "./board.tsx";

/** What is read out while a card is dragged: the card and the column by their names. */
export function announcementsOf<Card>({
  columns,
  cardId,
  cardLabel,
}: Pick<BoardProps<Card>, "columns" | "cardId" | "cardLabel">): Announcements {
  const card = (id: unknown) => {
    const found = columns.flatMap(({ cards }) => cards).find((candidate) => cardId(candidate) === id);
    return found === undefined ? "" : cardLabel(found);
  };
  const column = (id: unknown) => columns.find(({ key }) => key === id)?.label;
  return {
    onDragStart: ({ active }) => `Picked up ${card(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${card(active.id)} is over ${column(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) =>
      over ? `${card(active.id)} is in ${column(over.id)}.` : `${card(active.id)} stays where it was.`,
    onDragCancel: ({ active }) => `${card(active.id)} stays where it was.`,
  };
}
