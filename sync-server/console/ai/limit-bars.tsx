import { classNames } from "../../../renderer/ui/class-names.ts";
import styles from "./ai.module.css";

/** Amounts against the one from which people are told; the mark stands in the middle. */
export function LimitBars({
  bars,
  limit,
  limitWords,
}: {
  bars: readonly { label: string; value: number; words: string }[];
  limit: number;
  limitWords: string;
}) {
  return (
    <>
      <ul className={classNames(styles["bars"], styles["limits"])}>
        {bars.map(({ label, value, words }) => (
          <li key={label}>
            <span className="cut">{label}</span>
            <span className={styles["limited"]}>
              <span className={styles["track"]}>
                <span
                  className={styles["fill"]}
                  data-full={value > limit || undefined}
                  style={{ width: `${Math.min(100, (50 * value) / limit)}%` }}
                />
              </span>
            </span>
            <b>{words}</b>
          </li>
        ))}
      </ul>
      <p className={styles["calm"]}>{limitWords}</p>
    </>
  );
}
