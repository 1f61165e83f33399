import { Fragment } from "react";
import { useDirectory } from "../../../client/index.ts";
import { CardHeads, Figures, Outcome, scaleOfCards } from "../card-cells.tsx";
import { Legend } from "../legend.tsx";
import type { Card } from "../model/use-insights.ts";
import shared from "../insights.module.css";

/** Every card with its agents; the screen opens one at a time. */
export function PrintedCards({ cards, outcome }: { cards: readonly Card[]; outcome: string }) {
  const { personName } = useDirectory();
  const scale = scaleOfCards(cards);
  if (cards.length === 0) return null;
  return (
    <section aria-label="Cards">
      <div className={shared["head"]}>
        <h2>Cards that were due and shown, and whether they helped</h2>
        <Legend items={["without", "with"]} />
      </div>
      <table className="figures cards">
        <thead>
          <CardHeads outcome={outcome} />
        </thead>
        <tbody>
          {cards.map((card) => (
            <Fragment key={`${card.playbook}/${card.key}`}>
              <tr>
                <th scope="row">
                  <bdi>{card.title}</bdi>
                  <small>
                    <bdi>{card.playbookLabel}</bdi>
                  </small>
                </th>
                <Figures of={card} />
                <Outcome of={card} scale={scale} look="both" />
              </tr>
              {card.agents.map((agent) => (
                <tr key={agent.userId} className="of-agent">
                  <th scope="row">
                    <bdi>{personName(agent.userId)}</bdi>
                  </th>
                  <Figures of={agent} />
                  <td colSpan={2} aria-hidden />
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}
