import { metricNames, type MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import { insightTopCallers, type Behind } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { EffectBar } from "./charts/effect-bar.tsx";
import { textOfBehind } from "./model/behind.ts";
import { usualMetric } from "./model/insights-search.ts";
import type { InsightsModel, TopCallersFound } from "./model/use-insights.ts";
import { metricLabels, metricText, valueText } from "./model/words.ts";
import { RowLink } from "./row-link.tsx";
import shared from "./insights.module.css";
import styles from "./spread.module.css";

type Difference = TopCallersFound["differences"][number];

/** What the best quarter does otherwise: a figure opens how calls spread, an item the calls in which it was skipped. */
export function TopCallers({ model: { scope, outcomeLabel, look, go } }: { model: InsightsModel }) {
  const found = useLive(insightTopCallers, scope).value;
  const most = Math.max(0, ...(found?.differences ?? []).map(({ effect }) => Math.abs(effect)));
  const open = ({ of }: Difference) =>
    isMetric(of)
      ? go({ metric: of === usualMetric ? undefined : of, behind: undefined })
      : go({ behind: textOfBehind(skippedIn(of)) });
  return (
    <section className={styles["part"]} aria-label="What top callers do differently">
      <div className={shared["head"]}>
        <h2>What top callers do differently</h2>
      </div>
      {found?.top === 0 && (
        <EmptyState>
          It takes four agents with 20 calls each to say anything. Choose a longer period or all teams.
        </EmptyState>
      )}
      {found && found.top > 0 && (
        <p className={styles["sentence"]}>
          {countOf(found.top, "agent")} with the most “{outcomeLabel}”, against {found.others}.
        </p>
      )}
      {found && found.top > 0 && found.differences.length === 0 && (
        <EmptyState>
          Top callers talk as the others do: no figure and no item of the checklist tells them apart.
        </EmptyState>
      )}
      {found && found.differences.length > 0 && (
        <table className={shared["table"]}>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Top callers</th>
              <th scope="col">Others</th>
              {look !== "told" && (
                <th scope="col" className={styles["effect"]}>
                  <span className="visually-hidden">Drawn</span>
                </th>
              )}
              <th scope="col">Effect</th>
            </tr>
          </thead>
          <tbody>
            {found.differences.map((one) => (
              <tr key={one.of}>
                <th scope="row">
                  <RowLink onClick={() => open(one)}>
                    {isMetric(one.of) ? metricLabels[one.of] : one.label}
                  </RowLink>
                </th>
                <td>{differenceText(one.of, one.top)}</td>
                <td>{differenceText(one.of, one.others)}</td>
                {look !== "told" && (
                  <td>
                    <EffectBar effect={one.effect} most={most} />
                  </td>
                )}
                <td>{`${one.effect > 0 ? "+" : ""}${one.effect.toFixed(2)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** @param of `item:`, a playbook's key, a slash and the item's key */
function skippedIn(of: string): Behind {
  const [, playbook = "", key = ""] = /^item:([^/]*)\/(.*)$/u.exec(of) ?? [];
  return { of: "item", playbook, key, done: false };
}

function differenceText(of: string, value: number): string {
  return isMetric(of) ? metricText(of, value) : valueText(value, "share");
}

function isMetric(name: string): name is MetricName {
  return (metricNames as readonly string[]).includes(name);
}
