import { classNames } from "../class-names.ts";
import { formatCount } from "../format/numbers.ts";
import { timeLeft } from "../format/times.ts";
import styles from "./lines.module.css";

export interface Progress {
  done: number;
  /** Null: not known yet. */
  total: number | null;
  leftMs: number | null;
}

/** For what takes longer than 2 s. `unit` is what is counted; `note` says what already works. */
export function ProgressBar({
  label,
  unit,
  progress,
  note,
}: {
  label: string;
  unit: string;
  progress: Progress;
  note?: string | undefined;
}) {
  const { done, total, leftMs } = progress;
  return (
    <div>
      <div className={styles["progress-head"]}>
        <span className={styles["progress-label"]}>{label}</span>
        <span>
          {total === null
            ? `${formatCount(done)} ${unit} so far`
            : `${formatCount(done)} of ${formatCount(total)} ${unit}`}
        </span>
        <span className={styles["progress-left"]}>{timeLeft(leftMs)}</span>
      </div>
      <ProgressTrack label={label} done={done} total={total} />
      {note && <p className={styles["note"]}>{note}</p>}
    </div>
  );
}

export function ProgressTrack({ label, done, total }: { label: string; done: number; total: number | null }) {
  const share = total ? Math.min(1, done / total) : 0;
  const known = total === null ? {} : { "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": total };
  return (
    <div role="progressbar" aria-label={label} {...known} className={styles["track"]}>
      <div
        className={classNames(styles["done"], total === null && styles["unknown"])}
        style={total === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  );
}
