import styles from "./ai.module.css";

type ColumnOf = {
  key: string;
  /** What it is and how much, in words. */
  words: string;
  /** Of the chart's height, 0 to 100. */
  share: number;
  /** More than is good. */
  isFull?: boolean;
};

/** A column for each, in order; its words are read by whoever hears the page, and shown on pointing. */
export function Columns({
  label,
  columns,
  ends,
  isLow = false,
}: {
  label: string;
  columns: readonly ColumnOf[];
  /** Below it, from left to right. */
  ends: readonly string[];
  /** One of several charts beside each other. */
  isLow?: boolean;
}) {
  return (
    <div className={styles["columns-box"]} data-low={isLow || undefined}>
      <ol className={styles["columns-chart"]} aria-label={label}>
        {columns.map(({ key, words, share, isFull = false }) => (
          <li key={key} title={words}>
            <span
              style={{ height: `${share}%`, minHeight: share > 0 ? 1 : 0 }}
              data-full={isFull || undefined}
            >
              <span className="visually-hidden">{words}</span>
            </span>
          </li>
        ))}
      </ol>
      <p className={styles["ends"]} aria-hidden="true">
        {ends.map((end, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- they have places and no names
          <span key={at}>{end}</span>
        ))}
      </p>
    </div>
  );
}
