import { ChevronDown, ChevronRight, Play } from "lucide-react";
import { Fragment, useState } from "react";
import type { z } from "zod";
import { insightCards } from "../../../shared/rpc/contract/insights.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { dayAndTime, formatDuration } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import type { InsightsModel } from "./model/use-insights.ts";
import { valueText } from "./model/words.ts";
import own from "./cards.module.css";
import styles from "./insights.module.css";

type Card = z.output<typeof insightCards.output>["cards"][number];

/** Which cards came up, and whether they helped; each opens to its agents and to where it was judged. */
export function Cards({ model }: { model: InsightsModel }) {
  const cards = useLive(insightCards, model.scope).value?.cards;
  const [open, setOpen] = useState<string | null>(null);
  if (!cards) return null;
  return (
    <div className={own["screen"]}>
      <section aria-label="Cards">
        <div className={styles["head"]}>
          <h2>Cards that came up, and whether they helped</h2>
          <span className={styles["note"]}>As agents said while they talked, and others afterwards</span>
        </div>
        {cards.length === 0 ? (
          <EmptyState>
            No card came up in this time. Choose a longer period, or give playbooks cards in the admin
            console.
          </EmptyState>
        ) : (
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">Card</th>
                <th scope="col">Shown</th>
                <th scope="col">Calls</th>
                <th scope="col">Useful</th>
                <th scope="col">Not useful</th>
                <th scope="col">Helped</th>
              </tr>
            </thead>
            <tbody>
              {cards.map((card) => {
                const name = `${card.playbook}/${card.key}`;
                const isOpen = open === name;
                return (
                  <Fragment key={name}>
                    <CardRow card={card} isOpen={isOpen} onOpen={() => setOpen(isOpen ? null : name)} />
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

function CardRow({ card, isOpen, onOpen }: { card: Card; isOpen: boolean; onOpen: () => void }) {
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
    </tr>
  );
}

/** How often a card came up, to everybody or to one agent, and whether it helped. */
function Figures({
  of: { shown, calls, useful, notUseful },
}: {
  of: Pick<Card, "shown" | "calls" | "useful" | "notUseful">;
}) {
  return (
    <>
      <td>{shown}</td>
      <td>{calls}</td>
      <td>{useful}</td>
      <td>{notUseful}</td>
      <td>{helpedText(useful, notUseful)}</td>
    </>
  );
}

/** Of those who said anything. */
function helpedText(useful: number, notUseful: number): string {
  return useful + notUseful === 0 ? "–" : valueText(useful / (useful + notUseful), "share");
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
        </tr>
      ))}
      <tr>
        <td colSpan={6} className={own["places"]}>
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
          <bdi>{personName(agentId)}</bdi>
          {leadName && (
            <>
              , with <bdi>{leadName}</bdi>
            </>
          )}
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
