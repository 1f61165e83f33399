import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { z } from "zod";
import {
  insightOverview,
  type Behind,
  type insightAdherence,
  type insightCallsBehind,
  type insightCards,
  type insightDistribution,
  type insightMoments,
  type insightTopCallers,
} from "../../../../shared/rpc/contract/insights.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { readBehind } from "./behind.ts";
import {
  readInsightsSearch,
  scopeOf,
  type InsightScope,
  type InsightsSearch,
  type Look,
} from "./insights-search.ts";

export type Overview = z.output<typeof insightOverview.output>;
export type Adherence = z.output<typeof insightAdherence.output>;
export type Spreading = z.output<typeof insightDistribution.output>;
export type TopCallersFound = z.output<typeof insightTopCallers.output>;
export type CallsBehindFound = z.output<typeof insightCallsBehind.output>;
export type Card = z.output<typeof insightCards.output>["cards"][number];
export type ShownMoment = z.output<typeof insightMoments.output>["moments"][number];

export type InsightsModel = {
  search: InsightsSearch;
  look: Look;
  scope: InsightScope;
  /** The calls that are shown for what they are behind of. */
  behind: Behind | null;
  go: (part: InsightsSearch) => void;
  overview: Overview | undefined;
  /** What counts as success, as the tenant calls it. */
  outcomeLabel: string;
  /** Managers and admins compare people and assign; agents look at their own calls. */
  coaches: boolean;
};

/** What the screen looks at; its address says it all. */
export function useInsights(): InsightsModel {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => readInsightsSearch(raw), [raw]);
  const navigate = useNavigate();
  const scope = useMemo(() => scopeOf(search), [search]);
  const behind = useMemo(() => readBehind(search.behind), [search.behind]);
  const overview = useLive(insightOverview, scope).value;
  const { dispositionLabel } = useDirectory();
  const state = useLive(session, {}).value?.session;
  const outcome = overview?.outcome ?? "";
  return {
    search,
    look: search.tables ? "told" : "drawn",
    scope,
    behind,
    go: (part) => void navigate({ to: "/insights", search: { ...search, ...part }, replace: true }),
    overview,
    outcomeLabel: outcome === "" ? "Outcome" : dispositionLabel(outcome),
    coaches: state?.state === "signed-in" && state.person.role !== "agent",
  };
}
