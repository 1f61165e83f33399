import { Check, Circle } from "lucide-react";
import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { progressOf } from "../model/coaching-words.ts";
import styles from "./panel.module.css";

type Item = LiveCoaching["checklist"][number];

/** The playbook's items with when each was done. Where there is little room, finished ones fold. */
export function PanelChecklist({
  call: { playbook, checklist, card },
  onTick,
}: {
  call: LiveCoaching;
  onTick: (item: string, done: boolean) => void;
}) {
  const { done, next } = progressOf(checklist);
  if (!playbook || checklist.length === 0) return null;
  return (
    <section className={styles["checklist"]} aria-label="Checklist" data-folded={card !== null}>
      <div className={styles["checklist-head"]}>
        <h3 className="cut">
          <bdi>{playbook.label}</bdi>
        </h3>
        <span>
          {done} of {checklist.length}
        </span>
      </div>
      <ul>
        {checklist.map((item) => (
          <li key={item.key} data-state={stateOf(item, next)}>
            <ItemRow item={item} isNext={item === next} onTick={onTick} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateOf(item: Item, next: Item | null): "done" | "next" | "open" {
  if (item.doneAtMs !== null) return "done";
  return item === next ? "next" : "open";
}

function ItemRow({
  item: { key, label, hint, doneAtMs },
  isNext,
  onTick,
}: {
  item: Item;
  isNext: boolean;
  onTick: (item: string, done: boolean) => void;
}) {
  const done = doneAtMs !== null;
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={done}
      className={styles["item"]}
      title={hint === "" ? undefined : hint}
      onClick={() => onTick(key, !done)}
    >
      <Icon of={done ? Check : Circle} size={14} stroke={done ? 1.8 : 1.35} />
      <span className="cut">
        <bdi>{label}</bdi>
      </span>
      {done && <time>{formatDuration(doneAtMs / 1000)}</time>}
      {isNext && <i>Ask next</i>}
    </button>
  );
}
