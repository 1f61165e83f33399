import styles from "./legend.module.css";

const words = {
  "before-now": "before, now",
  median: "team median",
  goal: "goal",
  skipped: "skipped",
  done: "done",
  without: "without",
  with: "with",
} as const;

export function Legend({ items }: { items: readonly (keyof typeof words)[] }) {
  return (
    <span className={styles["legend"]} aria-hidden>
      {items.map((item) => (
        <span key={item}>
          <svg width={16} height={10}>
            <Mark item={item} />
          </svg>
          {words[item]}
        </span>
      ))}
    </span>
  );
}

function Mark({ item }: { item: keyof typeof words }) {
  switch (item) {
    case "goal":
      return <rect x={1} y={0} width={14} height={10} rx={2} fill="var(--band)" stroke="var(--line-2)" />;
    case "median":
      return <line x1={8} x2={8} y1={0} y2={10} stroke="var(--ink-3)" strokeDasharray="1.5 2" />;
    case "skipped":
    case "without":
      return <circle cx={11} cy={5} r={3} fill="none" stroke="var(--ink-2)" strokeWidth={1.5} />;
    case "done":
    case "with":
      return <circle cx={11} cy={5} r={3.5} fill="var(--ink-2)" />;
    case "before-now":
      return (
        <>
          <line x1={3} x2={12} y1={5} y2={5} stroke="var(--ink-2)" />
          <circle cx={3} cy={5} r={2} fill="var(--surface)" stroke="var(--ink-2)" />
          <circle cx={12} cy={5} r={3} fill="var(--ink-2)" />
        </>
      );
  }
}
