import {
  DndContext,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import { GripVertical } from "lucide-react";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { dropOn, isSameOrder, moveTo } from "./reorder.ts";
import styles from "./reorder-list.module.css";

export type ReorderListProps<Item> = {
  label: string;
  items: readonly Item[];
  idOf: (item: Item) => string;
  /** Read out for its grip. */
  nameOf: (item: Item) => string;
  render: (item: Item) => ReactNode;
  onReorder: (ids: string[]) => void;
};

// A press that moves less than this is a click.
const dragAfterPx = 4;

/** Things in an order that a person gives them: dragged by the grip, or moved by arrow keys while it has the focus. */
export function ReorderList<Item>(props: ReorderListProps<Item>) {
  const { label, items, idOf, onReorder } = props;
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: dragAfterPx } }));
  const ids = items.map(idOf);
  const reorder = (next: string[]) => {
    if (!isSameOrder(ids, next)) onReorder(next);
  };
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    if (over) reorder(dropOn(ids, String(active.id), String(over.id)));
  };
  const moveByKey = (event: KeyboardEvent, id: string) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    reorder(moveTo(ids, id, ids.indexOf(id) + step));
  };
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
      accessibility={{ screenReaderInstructions: { draggable: "Arrow up and down move it." } }}
    >
      <ol className={styles["list"]} aria-label={label}>
        {items.map((item, index) => (
          <ReorderRow
            key={idOf(item)}
            item={item}
            list={props}
            // Above the row, what is dragged up lands before it; from above, behind.
            landsBehind={dragged !== null && ids.indexOf(dragged) < index}
            onMove={moveByKey}
          />
        ))}
      </ol>
    </DndContext>
  );
}

function ReorderRow<Item>({
  item,
  list,
  landsBehind,
  onMove,
}: {
  item: Item;
  list: ReorderListProps<Item>;
  landsBehind: boolean;
  onMove: (event: KeyboardEvent, id: string) => void;
}) {
  const id = list.idOf(item);
  const { setNodeRef: setDragRef, listeners, transform, isDragging } = useDraggable({ id });
  const { setNodeRef: setDropRef, isOver } = useDroppable({ id });
  const place = isOver && !isDragging && (landsBehind ? styles["behind"] : styles["before"]);
  return (
    <li
      ref={(element) => {
        setDragRef(element);
        setDropRef(element);
      }}
      className={classNames(styles["row"], isDragging && styles["dragged"], place)}
      style={transform ? { transform: `translateY(${transform.y}px)` } : undefined}
    >
      <button
        type="button"
        className={styles["grip"]}
        aria-label={`Move ${list.nameOf(item)}: arrow up and down, or drag`}
        {...listeners}
        onKeyDown={(event) => onMove(event, id)}
      >
        <Icon of={GripVertical} size={14} />
      </button>
      {list.render(item)}
    </li>
  );
}
