import type { z } from "zod";
import {
  insightAdherence,
  insightAssignments,
  insightCards,
  insightDistributions,
  insightMoments,
  insightTopCallers,
} from "../../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../../client/index.ts";
import type { Card, InsightsModel, Overview, ShownMoment } from "../model/use-insights.ts";

export type PrintedSpread = z.output<typeof insightDistributions.output>["metrics"][number];
export type PrintedAssignment = z.output<typeof insightAssignments.output>["assignments"][number];
/** What is printed and not asked for by its part itself. */
export type Printed = {
  overview: Overview;
  spreads: readonly PrintedSpread[];
  cards: readonly Card[];
  moments: readonly ShownMoment[];
  practised: readonly PrintedAssignment[];
};

/** Everything that the paper says; null = some of it is still being worked out. */
export function usePrinted({ overview, scope }: InsightsModel): Printed | null {
  const { teamId, agentId } = scope;
  const adherence = useLive(insightAdherence, scope);
  const topCallers = useLive(insightTopCallers, scope);
  const spreads = useLive(insightDistributions, scope);
  const cards = useLive(insightCards, scope);
  const moments = useLive(insightMoments, scope);
  const practised = useLive(insightAssignments, { teamId, agentId });
  const all = [adherence, topCallers, spreads, cards, moments, practised];
  if (!overview || all.some(({ value, pending }) => !value || pending)) return null;
  return {
    overview,
    spreads: spreads.value?.metrics ?? [],
    cards: cards.value?.cards ?? [],
    moments: moments.value?.moments ?? [],
    practised: practised.value?.assignments ?? [],
  };
}
