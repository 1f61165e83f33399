import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../controls/button.tsx";
import { Checkbox } from "../fields/tick.tsx";
import { Popover } from "../floating/popover.tsx";
import styles from "./columns-button.module.css";

export interface ColumnsChoice {
  /** All that there are, with what they are called. */
  columns: readonly { key: string; label: string }[];
  /** Keys in their order; one that is not among `columns` (any more) is left out. */
  shown: readonly string[];
  /** Stays first, always. */
  always: string;
  onChange: (shown: string[]) => void;
  onReset: () => void;
}

/** Which columns a list shows, in which order. */
export function ColumnsButton(choice: ColumnsChoice) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      target={
        <Button kind="quiet" size="small" icon={Columns3} onClick={() => setOpened(!opened)}>
          Columns
        </Button>
      }
    >
      <ColumnsChooser {...choice} />
    </Popover>
  );
}

function ColumnsChooser({ columns, shown: chosen, always, onChange, onReset }: ColumnsChoice) {
  const labels = new Map(columns.map(({ key, label }) => [key, label]));
  const shown = chosen.filter((key) => labels.has(key));
  const hidden = [...labels.keys()].filter((key) => !shown.includes(key));
  const swap = (index: number, step: -1 | 1) => {
    const [key, other] = [shown[index], shown[index + step]];
    if (key && other) onChange(shown.with(index, other).with(index + step, key));
  };
  return (
    <div className={styles["columns"]}>
      {shown.map((key, index) => (
        <div key={key} className={styles["column"]}>
          <Checkbox
            checked
            disabled={key === always}
            onChange={() => onChange(shown.filter((other) => other !== key))}
          >
            {labels.get(key)}
          </Checkbox>
          {key !== always && (
            <span className={styles["column-moves"]}>
              <IconButton
                size="small"
                icon={ArrowUp}
                label={`Move ${labels.get(key)} left`}
                disabled={shown[index - 1] === always}
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
          )}
        </div>
      ))}
      <hr className={styles["rule"]} />
      {hidden.map((key) => (
        <div key={key} className={styles["column"]}>
          <Checkbox checked={false} onChange={() => onChange([...shown, key])}>
            {labels.get(key)}
          </Checkbox>
        </div>
      ))}
      <Button kind="quiet" size="small" onClick={onReset}>
        As they were at first
      </Button>
    </div>
  );
}
