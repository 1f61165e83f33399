import { ChevronDown, ChevronRight, Play } from "lucide-react";
import { Fragment, useMemo, useState } from "react";
import { insightCards } from "../../../shared/rpc/contract/insights.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { dayAndTime, formatDuration } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { CardHeads, cardColumns, Figures, Outcome, scaleOfCards } from "./card-cells.tsx";
import type { Scale } from "./charts/scale.ts";
import { Legend } from "./legend.tsx";
import type { Look } from "./model/insights-search.ts";
import type { Card, InsightsModel } from "./model/use-insights.ts";
import own from "./cards.module.css";
import { TalkedWith } from "./talked-with.tsx";
import styles from "./insights.module.css";

/** Which cards were due and shown, what came of it, and whether they helped; each opens to its agents and to where it was judged. */
export function Cards({ model }: { model: InsightsModel }) {
  const cards = useLive(insightCards, model.scope).value?.cards;
  const [open, setOpen] = useState<string | null>(null);
  const scale = useMemo(() => scaleOfCards(cards ?? []), [cards]);
  if (!cards) return null;
  return (
    <div className={own["screen"]}>
      <section aria-label="Cards">
        <div className={styles["head"]}>
          <h2>Cards that were due and shown, and whether they helped</h2>
          {cards.length > 0 && model.look !== "told" && <Legend items={["without", "with"]} />}
        </div>
        {cards.length === 0 ? (
          <EmptyState>
            No card was due in this time. Choose a longer period, or give playbooks cards in the admin
            console.
          </EmptyState>
        ) : (
          <table className={styles["table"]}>
            <thead>
              <CardHeads outcome={model.outcomeLabel} />
            </thead>
            <tbody>
              {cards.map((card) => {
                const name = `${card.playbook}/${card.key}`;
                const isOpen = open === name;
                return (
                  <Fragment key={name}>
                    <CardRow
                      card={card}
                      scale={scale}
                      look={model.look}
                      isOpen={isOpen}
                      onOpen={() => setOpen(isOpen ? null : name)}
                    />
                    {isOpen && <Details card={card} model={model} />}
                  </Fragment>
                );
              })}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function CardRow({
  card,
  scale,
  look,
  isOpen,
  onOpen,
}: {
  card: Card;
  scale: Scale;
  look: Look;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const { title, playbookLabel } = card;
  return (
    <tr>
      <th scope="row">
        <button type="button" className={own["card"]} aria-expanded={isOpen} onClick={onOpen}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size={14} />
          <bdi className="cut">{title}</bdi>
          <small className="cut">
            <bdi>{playbookLabel}</bdi>
          </small>
        </button>
      </th>
      <Figures of={card} />
      <Outcome of={card} scale={scale} look={look} />
    </tr>
  );
}

function Details({ card: { agents, moments }, model }: { card: Card; model: InsightsModel }) {
  const { personName } = useDirectory();
  return (
    <>
      {agents.map((agent) => (
        <tr key={agent.userId} className={own["agent"]}>
          <th scope="row">
            <bdi>{personName(agent.userId)}</bdi>
          </th>
          <Figures of={agent} />
          <td colSpan={2} aria-hidden />
        </tr>
      ))}
      <tr>
        <td colSpan={cardColumns} className={own["places"]}>
          <ul>
            {moments.map((moment) => (
              <Place key={`${moment.callId} ${moment.atMs} ${moment.byId}`} moment={moment} model={model} />
            ))}
          </ul>
        </td>
      </tr>
    </>
  );
}

function Place({ moment, model: { search, go } }: { moment: Card["moments"][number]; model: InsightsModel }) {
  const { personName } = useDirectory();
  const now = useNow(60_000);
  const { callId, atMs, agentId, leadName, at, byId, useful } = moment;
  const isOpen = search.call === callId && search.at === atMs;
  return (
    <li>
      <button
        type="button"
        className={own["place"]}
        aria-current={isOpen}
        onClick={() => go({ call: callId, at: atMs })}
      >
        <Icon of={Play} size={13} />
        <span>{formatDuration(atMs / 1_000)}</span>
        <span className="cut">
          <TalkedWith who={personName(agentId)} leadName={leadName} />
        </span>
        <span>{dayAndTime(new Date(at), now)}</span>
        <span>
          {useful === null ? "Nobody said" : useful ? "Useful" : "Not useful"}
          {byId !== null && byId !== agentId && (
            <>
              , says <bdi>{personName(byId)}</bdi>
            </>
          )}
        </span>
      </button>
    </li>
  );
}
