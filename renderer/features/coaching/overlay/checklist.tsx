import { Check, Circle } from "lucide-react";
import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { progressOf } from "../model/coaching-words.ts";
import styles from "./overlay.module.css";

type Checklist = LiveCoaching["checklist"];

/** What a good call has: what is done is ticked, what comes next stands out. */
export function Checklist({
  checklist,
  onTick,
}: {
  checklist: Checklist;
  onTick: (item: string, done: boolean) => void;
}) {
  const { next } = progressOf(checklist);
  if (checklist.length === 0) return <p className={styles["none"]}>No playbook is for this call.</p>;
  return (
    <ul className={styles["checklist"]} aria-label="Checklist">
      {checklist.map(({ key, label, doneAtMs }) => {
        const done = doneAtMs !== null;
        const state = done ? "done" : next?.key === key ? "next" : "open";
        return (
          <li key={key}>
            <button
              type="button"
              role="checkbox"
              aria-checked={done}
              className={styles["item"]}
              data-state={state}
              data-catches
              onClick={() => onTick(key, !done)}
            >
              <Icon of={done ? Check : Circle} size={18} stroke={done ? 1.8 : 1.5} />
              <span className="cut">
                <bdi>{label}</bdi>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The list while something else is to be read: what comes next, and how far one is. */
export function NextItem({ checklist }: { checklist: Checklist }) {
  const { done, next } = progressOf(checklist);
  if (checklist.length === 0) return null;
  return (
    <p className={styles["folded"]} data-state={next ? "next" : "done"}>
      <Icon of={next ? Circle : Check} size={18} stroke={1.8} />
      <span className="cut">
        <bdi>{next?.label ?? "Everything is done"}</bdi>
      </span>
      <i>
        {done} of {checklist.length}
      </i>
    </p>
  );
}
