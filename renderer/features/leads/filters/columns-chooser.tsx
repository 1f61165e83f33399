import { ArrowDown, ArrowUp } from "lucide-react";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Checkbox } from "../../../ui/fields/tick.tsx";
import { defaultColumns } from "../list/default-columns.ts";
import { leadColumns } from "../list/lead-columns.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import styles from "./filters.module.css";

/** Which columns, in which order; the name always stays. */
export function ColumnsChooser({ list }: { list: LeadListModel }) {
  const labels = new Map(
    leadColumns(list.directory, list.fields, new Date(0)).map(({ key, label }) => [key, label]),
  );
  const shown = list.columns.filter((key) => labels.has(key));
  const hidden = [...labels.keys()].filter((key) => !shown.includes(key));
  const swap = (index: number, step: -1 | 1) => {
    const [key, other] = [shown[index], shown[index + step]];
    if (key && other) list.setColumns(shown.with(index, other).with(index + step, key));
  };
  return (
    <div className={styles["columns"]}>
      {shown.map((key, index) => (
        <div key={key} className={styles["column"]}>
          <Checkbox
            checked
            disabled={key === "name"}
            onChange={() => list.setColumns(shown.filter((other) => other !== key))}
          >
            {labels.get(key)}
          </Checkbox>
          <span className={styles["column-moves"]}>
            <IconButton
              size="small"
              icon={ArrowUp}
              label={`Move ${labels.get(key)} left`}
              disabled={index === 0}
              onClick={() => swap(index, -1)}
            />
            <IconButton
              size="small"
              icon={ArrowDown}
              label={`Move ${labels.get(key)} right`}
              disabled={index === shown.length - 1}
              onClick={() => swap(index, 1)}
            />
          </span>
        </div>
      ))}
      <hr className={styles["rule"]} />
      {hidden.map((key) => (
        <div key={key} className={styles["column"]}>
          <Checkbox checked={false} onChange={() => list.setColumns([...shown, key])}>
            {labels.get(key)}
          </Checkbox>
        </div>
      ))}
      <Button kind="quiet" size="small" onClick={() => list.setColumns([...defaultColumns])}>
        As they were at first
      </Button>
    </div>
  );
}
