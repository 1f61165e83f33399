import { metricNames, type MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import { goalOf } from "../../../shared/coaching/goals.ts";
import { insightDistribution } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { Bins, type Bin } from "./charts/bins.tsx";
import { textOfBehind } from "./model/behind.ts";
import { usualMetric } from "./model/insights-search.ts";
import type { InsightsModel, Spreading } from "./model/use-insights.ts";
import { metricLabels, metricText, valueText } from "./model/words.ts";
import { RowLink } from "./row-link.tsx";
import shared from "./insights.module.css";
import styles from "./spread.module.css";

/** How one figure spreads over the calls in scope; a bar opens the calls that it counts. */
export function Distribution({ model: { scope, search, look, behind, go } }: { model: InsightsModel }) {
  const metric = search.metric ?? usualMetric;
  const answer = useLive(insightDistribution, { ...scope, metric });
  // Of another figure the answer to the one before says nothing.
  const found = answer.pending ? undefined : answer.value;
  const label = metricLabels[metric];
  const parts = {
    metric,
    bins: found?.bins ?? [],
    chosen: behind?.of === "metric" && behind.metric === metric ? behind.step : null,
    onPick: (step: number) => go({ behind: textOfBehind({ of: "metric", metric, step }) }),
  };
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
          onChange={(name) => go({ metric: metricOf(name), behind: undefined })}
        />
      </div>
      {found && !found.spread && (
        <EmptyState>No call in this time has this figure. Choose a longer period.</EmptyState>
      )}
      {found?.spread && (
        <>
          <SpreadSentence metric={metric} of={found} />
          {look === "told" ? (
            <BinTable {...parts} />
          ) : (
            <Bins
              {...parts}
              median={found.spread.median}
              goal={goalOf(metric, null)}
              text={(value) => metricText(metric, value)}
              label={`${label} of ${countOf(found.calls, "call")}, in ${found.bins.length} steps`}
            />
          )}
        </>
      )}
    </section>
  );
}

function metricOf(name: string | null): MetricName | undefined {
  return name === usualMetric ? undefined : ((name ?? undefined) as MetricName | undefined);
}

/** "Half of 240 calls lie under 52%, four of five between 34% and 69%; before, half lay under 54%." */
export function SpreadSentence({ metric, of }: { metric: MetricName; of: Spreading }) {
  const { calls, spread, spreadBefore, bins } = of;
  const text = (value: number) => metricText(metric, value);
  if (!spread) return null;
  const before = spreadBefore && `; before, half lay under ${text(spreadBefore.median)}`;
  if (bins.length === 1)
    return (
      <p className={styles["sentence"]}>
        {calls === 1 ? "The one call lies" : `All ${countOf(calls, "call")} lie`} at{" "}
        <strong>{text(spread.median)}</strong>
        {before}.
      </p>
    );
  return (
    <p className={styles["sentence"]}>
      Half of {countOf(calls, "call")} lie under <strong>{text(spread.median)}</strong>, four of five between{" "}
      {text(spread.p10)} and {text(spread.p90)}
      {before}.
    </p>
  );
}

export function BinTable({
  metric,
  bins,
  chosen = null,
  onPick,
}: {
  metric: MetricName;
  bins: readonly (Bin & { share: number })[];
  chosen?: number | null;
  onPick?: (step: number) => void;
}) {
  const text = (value: number) => metricText(metric, value);
  return (
    <table className={shared["table"]}>
      <caption>{metricLabels[metric]}</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Calls</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ from, to, calls, share }, step) => (
          <tr key={from} data-open={step === chosen}>
            <th scope="row">
              {onPick && calls > 0 ? (
                <RowLink pressed={step === chosen} onClick={() => onPick(step)}>
                  {text(from)}
                </RowLink>
              ) : (
                text(from)
              )}
            </th>
            <td>{text(to)}</td>
            <td>{calls}</td>
            <td>{valueText(share, "share")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
