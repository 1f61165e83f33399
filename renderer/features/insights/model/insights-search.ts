import { metricNames, type MetricName } from "../../../../shared/coaching/metrics/catalogue.ts";
import type { TeamId, UserId } from "../../../../shared/entities/id.ts";
import type { InsightScope as ScopeSchema } from "../../../../shared/rpc/contract/insights.ts";
import type { z } from "zod";

export type InsightScope = z.input<typeof ScopeSchema>;
export const insightTabs = ["overview", "spread", "cards", "said"] as const;
export type InsightTab = (typeof insightTabs)[number];

/** What an address of the insights says. */
export interface InsightsSearch {
  show?: InsightTab | undefined;
  team?: string | undefined;
  agent?: string | undefined;
  days?: number | undefined;
  against?: "year-before" | undefined;
  /** `key` or `key:version`. */
  playbook?: string | undefined;
  outcome?: string | undefined;
  /** The moment that is looked at: a call, and ms from its answer. */
  call?: string | undefined;
  at?: number | undefined;
  /** Whose spread is shown. */
  metric?: MetricName | undefined;
  /** The calls behind a bar or an item: behind.ts has its form. */
  behind?: string | undefined;
  /** Figures as tables instead of drawings. */
  tables?: true | undefined;
}

/** How figures are shown: on the screen either way, on paper both. */
export type Look = "drawn" | "told" | "both";

export const periodDays = [7, 28, 91, 364] as const;
export const usualDays = 28;
export const usualMetric = "talkShare" satisfies MetricName;

/** Anything else in the address is ignored. */
export function readInsightsSearch(search: Record<string, unknown>): InsightsSearch {
  const { show, days, against, at, metric, tables } = search;
  const text = (key: string) => (typeof search[key] === "string" ? { [key]: search[key] } : {});
  return {
    ...(insightTabs.some((tab) => tab === show && tab !== "overview") ? { show: show as InsightTab } : {}),
    ...(periodDays.some((known) => known === days && known !== usualDays) ? { days: days as number } : {}),
    ...(against === "year-before" ? { against } : {}),
    ...(typeof at === "number" && Number.isInteger(at) && at >= 0 ? { at } : {}),
    ...(metricNames.some((known) => known === metric && known !== usualMetric)
      ? { metric: metric as MetricName }
      : {}),
    ...(tables === true ? { tables } : {}),
    ...Object.assign({}, ...["team", "agent", "playbook", "outcome", "call", "behind"].map(text)),
  };
}

export function scopeOf(search: InsightsSearch): InsightScope {
  const [playbook = "", version = "0"] = (search.playbook ?? "").split(":");
  return {
    teamId: (search.team ?? null) as TeamId | null,
    agentId: (search.agent ?? null) as UserId | null,
    days: search.days ?? usualDays,
    against: search.against ?? "before",
    playbook,
    version: /^\d{1,6}$/u.test(version) ? Number(version) : 0,
    outcome: search.outcome ?? "",
  };
}
