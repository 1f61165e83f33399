import { useState } from "react";
import { metricNames, type MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import { checklistGoal, goalOf } from "../../../shared/coaching/goals.ts";
import {
  insightAdherence,
  insightDistribution,
  insightTopCallers,
} from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { WeekLine } from "./charts/week-line.tsx";
import { Bins } from "./charts/bins.tsx";
import type { InsightsModel } from "./model/use-insights.ts";
import { metricLabels, metricText, valueText } from "./model/words.ts";
import shared from "./insights.module.css";
import styles from "./spread.module.css";

/** How one figure spreads over the calls, and what those with the best outcome do otherwise. */
export function Spread({ model }: { model: InsightsModel }) {
  return (
    <div className={styles["spread"]}>
      <Distribution model={model} />
      <TopCallers model={model} />
      <ItemsByWeek model={model} />
    </div>
  );
}

function Distribution({ model: { scope, search } }: { model: InsightsModel }) {
  const [metric, setMetric] = useState<MetricName>("talkShare");
  const found = useLive(insightDistribution, { ...scope, metric }).value;
  const text = (value: number) => metricText(metric, value);
  const label = metricLabels[metric];
  return (
    <section className={styles["part"]} aria-label="How calls spread">
      <div className={shared["head"]}>
        <h2>How calls spread</h2>
        <Select
          label="Figure"
          hideLabel
          compact
          value={metric}
          choices={metricNames.map((name) => ({ value: name, label: metricLabels[name] }))}
          onChange={(name) => setMetric((name ?? "talkShare") as MetricName)}
        />
      </div>
      {found && !found.spread && <EmptyState>No call of this time tells. Choose a longer period.</EmptyState>}
      {found?.spread && (
        <>
          <p className={styles["sentence"]}>
            Half of {countOf(found.calls, "call")} lie under <strong>{text(found.spread.median)}</strong>,
            four of five between {text(found.spread.p10)} and {text(found.spread.p90)}
            {found.spreadBefore && `; before, half lay under ${text(found.spreadBefore.median)}`}.
          </p>
          {search.tables ? (
            <BinTable bins={found.bins} text={text} label={label} />
          ) : (
            <Bins
              bins={found.bins}
              median={found.spread.median}
              goal={goalOf(metric, null)}
              text={text}
              label={`${label} of ${countOf(found.calls, "call")}, in ${found.bins.length} steps`}
            />
          )}
        </>
      )}
    </section>
  );
}

function BinTable({
  bins,
  text,
  label,
}: {
  bins: readonly { from: number; to: number; calls: number; share: number }[];
  text: (value: number) => string;
  label: string;
}) {
  return (
    <table className={shared["table"]}>
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Calls</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ from, to, calls, share }) => (
          <tr key={from}>
            <th scope="row">{text(from)}</th>
            <td>{text(to)}</td>
            <td>{calls}</td>
            <td>{valueText(share, "share")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TopCallers({ model: { scope, outcomeLabel } }: { model: InsightsModel }) {
  const found = useLive(insightTopCallers, scope).value;
  return (
    <section className={styles["part"]} aria-label="What top callers do differently">
      <div className={shared["head"]}>
        <h2>What top callers do differently</h2>
        {found && found.top > 0 && (
          <span className={shared["note"]}>
            {countOf(found.top, "agent")} with the most “{outcomeLabel}”, against {found.others}
          </span>
        )}
      </div>
      {found?.differences.length === 0 ? (
        <EmptyState>
          It takes four agents with 20 calls each to say anything. Choose a longer period or all teams.
        </EmptyState>
      ) : (
        <table className={shared["table"]}>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Top callers</th>
              <th scope="col">Others</th>
              <th scope="col">Effect</th>
            </tr>
          </thead>
          <tbody>
            {found?.differences.map(({ of, label, top, others, effect }) => (
              <tr key={of}>
                <th scope="row">
                  <bdi>{isMetric(of) ? metricLabels[of] : label}</bdi>
                </th>
                <td>{differenceText(of, top)}</td>
                <td>{differenceText(of, others)}</td>
                <td>{`${effect > 0 ? "+" : ""}${effect.toFixed(2)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Whether a team comes to do more of its playbook: each item's own twelve weeks on one scale. */
function ItemsByWeek({ model: { scope, search } }: { model: InsightsModel }) {
  const items = useLive(insightAdherence, scope).value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={styles["by-week"]} aria-label="Checklist by week">
      <div className={shared["head"]}>
        <h2>Checklist followed, by week</h2>
      </div>
      <ul>
        {items.map(({ playbook, playbookLabel, key, label, weeks }) => {
          const spoken = weeks.map((share) => valueText(share, "share")).join(", ");
          return (
            <li key={`${playbook} ${key}`}>
              <p>
                <bdi className="cut" title={severalOf(items) ? playbookLabel : undefined}>
                  {severalOf(items) ? `${label} · ${playbookLabel}` : label}
                </bdi>
                <span>{valueText(weeks.findLast((share) => share !== null) ?? null, "share")}</span>
              </p>
              {search.tables ? (
                <p className={shared["past"]}>{spoken}</p>
              ) : (
                <WeekLine values={weeks} goal={checklistGoal} label={`${label} by week: ${spoken}`} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function severalOf(items: readonly { playbook: string }[]): boolean {
  return items.some(({ playbook }) => playbook !== items[0]?.playbook);
}

function differenceText(of: string, value: number): string {
  return isMetric(of) ? metricText(of, value) : valueText(value, "share");
}

function isMetric(name: string): name is MetricName {
  return (metricNames as readonly string[]).includes(name);
}
