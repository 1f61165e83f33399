import type { RecordId } from "../../../../shared/entities/id.ts";
import type { recommendations } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { RecommendedLine } from "./recommended-line.tsx";
import styles from "./recommended.module.css";
import { useRecommendations } from "./use-recommendations.ts";

type Answer = OutputOf<typeof recommendations>;

/**
 * What should be done with a person next, and why. Takes no room where nothing is due.
 * @param most how much of it, the most urgent first
 */
export function Recommended({
  leadId,
  onCall,
  most = Infinity,
}: {
  leadId: RecordId;
  /** Dials. @returns whether that was permitted */
  onCall: () => Promise<boolean>;
  most?: number;
}) {
  const { shown, answer } = useRecommendations(leadId, (open) => open.slice(0, most));
  if (!answer || shown.length === 0) return null;
  return (
    <section className={styles["recommended"]} aria-label="Suggested">
      <h3>Suggested</h3>
      <ul>
        {shown.map((one) => (
          <li key={one.key}>
            <RecommendedLine leadId={leadId} one={one} onCall={onCall} />
          </li>
        ))}
      </ul>
      <p className={styles["by"]}>{rateWords(answer)}</p>
    </section>
  );
}

/** Fewer say nothing of a rate. */
const fewest = 5;

function rateWords({ acceptance, others }: Pick<Answer, "acceptance" | "others">): string {
  const { accepted, seen } = acceptance;
  return [
    "By rules, on this device.",
    ...(seen < fewest ? [] : [`You took ${percent(accepted, seen)} of ${seen}.`]),
    ...(others === null || others.answered < fewest
      ? []
      : [`Your people took ${percent(others.accepted, others.answered)} of the ${others.answered} they answered.`]), // prettier-ignore
  ].join(" ");
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}
