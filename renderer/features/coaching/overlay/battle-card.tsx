import { useNow } from "../../../ui/format/use-now.ts";
import { CardButtons } from "../glance/card-buttons.tsx";
import { secondsLeft } from "../model/coaching-words.ts";
import type { CardProps } from "../model/use-coaching.ts";
import { useTellShown } from "../model/use-tell-shown.ts";
import styles from "./overlay.module.css";

/** What to say to what was said. */
export function BattleCard({ call, card, actions }: CardProps) {
  const place = useTellShown(call, card);
  const left = secondsLeft(call, card.leavesAtMs, useNow(1_000));
  return (
    <section ref={place} key={card.key} className={styles["card"]} aria-label={card.title} data-catches>
      <div className={styles["said"]}>
        {card.phrase !== "" && (
          <q className="cut">
            <bdi>{card.phrase}</bdi>
          </q>
        )}
        <span>leaves in {left} s</span>
      </div>
      <h2 dir="auto">{card.title}</h2>
      <ul>
        {card.lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
      <CardButtons card={card} actions={actions} />
    </section>
  );
}
