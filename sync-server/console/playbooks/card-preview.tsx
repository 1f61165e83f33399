import type { Battlecard } from "../../../shared/entities/playbook.ts";
import styles from "./playbooks.module.css";
import { sayLength } from "./say-times.ts";

/** The card on the overlay, as large as it is there. */
export function CardPreview({ card: { title, lines, staysMs, triggers } }: { card: Battlecard }) {
  const [first] = triggers.flatMap((trigger) => (trigger.kind === "phrases" ? trigger.phrases : []));
  return (
    <div className={styles["stage"]} data-preview>
      <div className={styles["card"]}>
        <p className={styles["card-head"]}>
          <bdi className="cut">{first === undefined ? "" : `“${first}”`}</bdi>
          <span>leaves in {sayLength(staysMs)}</span>
        </p>
        <p className={styles["card-title"]}>{title}</p>
        <ul>
          {lines.map((line, at) => (
            // Lines may be equal; they have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${at} ${line}`}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
