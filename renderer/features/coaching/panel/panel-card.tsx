import { formatDuration } from "../../../ui/format/times.ts";
import { CardButtons } from "../glance/card-buttons.tsx";
import type { CardProps } from "../model/use-coaching.ts";
import { useTellShown } from "../model/use-tell-shown.ts";
import styles from "./panel.module.css";
import { cardKeys } from "./use-coaching-keys.ts";

/** The card where the overlay is not open. */
export function PanelCard({ call, card, actions }: CardProps) {
  const place = useTellShown(call, card);
  return (
    <section ref={place} className={styles["card"]} aria-label={card.title}>
      <div className={styles["card-head"]}>
        <h3 className="cut">
          <bdi>{card.title}</bdi>
        </h3>
        <span>heard at {formatDuration(card.shownAtMs / 1000)}</span>
        <CardButtons card={card} actions={actions} keys={cardKeys} />
      </div>
      <ul>
        {card.lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
