import { metricNames, type MetricName } from "../../../../shared/coaching/metrics/catalogue.ts";
import type { Assignment } from "../../../../shared/entities/insight.ts";
import { countOf } from "../../../ui/format/numbers.ts";
import { metricLabels, metricText } from "../model/words.ts";

/** "3 calls, longest turn under 1:00". */
export function goalWords(goal: NonNullable<Assignment["goal"]>): string {
  const { metric, is, value, calls } = goal;
  if (!isMetric(metric)) return countOf(calls, "call");
  const label = metricLabels[metric].charAt(0).toLowerCase() + metricLabels[metric].slice(1);
  return `${countOf(calls, "call")}, ${label} ${is} ${metricText(metric, value).replace(/\.0$/u, "")}`;
}

function isMetric(name: string): name is MetricName {
  return (metricNames as readonly string[]).includes(name);
}
