import { goalOf } from "../../../../shared/coaching/goals.ts";
import type { MetricName } from "../../../../shared/coaching/metrics/catalogue.ts";
import { countOf } from "../../../ui/format/numbers.ts";
import { Bins } from "../charts/bins.tsx";
import { BinTable, SpreadSentence } from "../distribution.tsx";
import { usualMetric } from "../model/insights-search.ts";
import { metricLabels, metricText } from "../model/words.ts";
import type { PrintedSpread } from "./use-printed.ts";

/** The figure that was looked at, large and with its bars as a table; then all of them, small, and what they come to. */
export function PrintedSpreads({
  spreads,
  chosen = usualMetric,
}: {
  spreads: readonly PrintedSpread[];
  chosen: MetricName | undefined;
}) {
  const large = spreads.find(({ metric }) => metric === chosen) ?? spreads[0];
  if (!large) return null;
  return (
    <section aria-label="How calls spread">
      <h2>How calls spread</h2>
      <div className="spread-large">
        <h3>{metricLabels[large.metric]}</h3>
        <SpreadSentence metric={large.metric} of={large} />
        <Drawn of={large} height={150} />
      </div>
      <BinTable metric={large.metric} bins={large.bins} />
      <h3>All figures, each with what half of the calls lie under</h3>
      <ul className="spreads">
        {spreads.map((of) => (
          <li key={of.metric}>
            <p>
              {metricLabels[of.metric]} <span>{metricText(of.metric, of.spread?.median ?? null)}</span>
            </p>
            <Drawn of={of} height={44} />
          </li>
        ))}
      </ul>
      <SpreadTable spreads={spreads} />
    </section>
  );
}

function Drawn({ of: { metric, calls, bins, spread }, height }: { of: PrintedSpread; height: number }) {
  return (
    <Bins
      bins={bins}
      median={spread?.median ?? null}
      goal={goalOf(metric, null)}
      text={(value) => metricText(metric, value)}
      label={`${metricLabels[metric]} of ${countOf(calls, "call")}`}
      height={height}
    />
  );
}

function SpreadTable({ spreads }: { spreads: readonly PrintedSpread[] }) {
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Calls</th>
          <th scope="col">One in ten under</th>
          <th scope="col">Half under</th>
          <th scope="col">Nine in ten under</th>
          <th scope="col">Half under, before</th>
        </tr>
      </thead>
      <tbody>
        {spreads.map(({ metric, calls, spread, spreadBefore }) => (
          <tr key={metric}>
            <th scope="row">{metricLabels[metric]}</th>
            <td>{calls}</td>
            <td>{metricText(metric, spread?.p10 ?? null)}</td>
            <td>{metricText(metric, spread?.median ?? null)}</td>
            <td>{metricText(metric, spread?.p90 ?? null)}</td>
            <td>{metricText(metric, spreadBefore?.median ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
