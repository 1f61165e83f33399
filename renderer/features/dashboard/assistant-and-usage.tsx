import { formatCount } from "../../ui/format/numbers.ts";
import { WhoAnswers } from "../assistant/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

export function AssistantAndUsage({ usage }: Pick<Dashboard, "usage">) {
  return (
    <Section title="Assistant and usage">
      <p className={styles["assistant"]}>
        <strong>Assistant</strong> <WhoAnswers />
      </p>
      <ul>
        {usage.map((meter) => (
          <Meter key={meter.label} meter={meter} />
        ))}
      </ul>
      {usage.length === 0 && <p className={styles["empty"]}>No limits apply here.</p>}
    </Section>
  );
}

/** A bar against its limit; what has no limit is a number alone. */
function Meter({ meter: { label, used, limit, unit } }: { meter: Dashboard["usage"][number] }) {
  const share = limit === null ? null : Math.min(1, limit === 0 ? 1 : used / limit);
  const of = limit === null ? "" : ` of ${formatCount(limit)}`;
  return (
    <li className={styles["meter"]}>
      <span className="cut">{label}</span>
      <span className={styles["meter-track"]}>
        {share !== null && <span className={styles["meter-bar"]} style={{ width: `${100 * share}%` }} />}
      </span>
      <span className={styles["meter-text"]}>
        {formatCount(used)}
        <span>
          {of} {unit}
        </span>
      </span>
    </li>
  );
}
