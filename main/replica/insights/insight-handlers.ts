import type { insightsContract } from "../../../shared/rpc/contract/insights.ts";
import type { AnyQuery, OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Handlers, QueryHandler } from "../../rpc/handlers.ts";
import type { ExportFile } from "../exports/export-file.ts";
import { liveQuery } from "../live/live-query.ts";
import { readAdherence } from "./adherence.ts";
import { readAssignments } from "./assignments.ts";
import { readCallsBehind } from "./calls-behind.ts";
import { readCards } from "./cards.ts";
import { createCoachCommands } from "./coach-commands.ts";
import { readDistribution, readDistributions } from "./distribution.ts";
import { createExportInsights } from "./export-insights.ts";
import { readMoments } from "./moments.ts";
import { readOverview } from "./overview.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { readReview } from "./review.ts";
import type { InsightPorts } from "./scope.ts";
import { createSearchTranscripts } from "./search-transcripts.ts";
import { readTopCallers } from "./top-callers.ts";

export type InsightHandlerPorts = InsightPorts & {
  onMinute: (rerun: () => void) => () => void;
  exportFile: ExportFile;
  readAhead: ReadAhead["query"];
};

/** What a manager reads of calls, worked out from this device's own rows. */
export function createInsightHandlers(ports: InsightHandlerPorts): Handlers<typeof insightsContract> {
  const { replica } = ports;

  function live<Q extends AnyQuery>(
    dependsOn: readonly CollectionName[],
    read: (input: ParsedInputOf<Q>) => Promise<OutputOf<Q>>,
  ): QueryHandler<Q> {
    return liveQuery<Q>({ reads: replica.reads }, { dependsOn, alsoOn: ports.onMinute, read });
  }

  const figures: CollectionName[] = ["insights", "calls", "settings"];
  return {
    insightOverview: live(figures, (scope) => readOverview(ports, scope)),
    insightAdherence: live(figures, (scope) => readAdherence(ports, scope)),
    insightDistribution: live(figures, (scope) => readDistribution(ports, scope)),
    insightDistributions: live(figures, (scope) => readDistributions(ports, scope)),
    insightCallsBehind: live([...figures, "leads"], (scope) => readCallsBehind(ports, scope)),
    insightTopCallers: live(figures, (scope) => readTopCallers(ports, scope)),
    insightMoments: live([...figures, "segments", "leads"], (scope) => readMoments(ports, scope)),
    insightCards: live([...figures, "leads"], (scope) => readCards(ports, scope)),
    searchTranscripts: createSearchTranscripts(ports),
    readAhead: ports.readAhead,
    insightReview: live(["insights", "segments", "settings"], ({ callId }) => readReview(ports, callId)),
    insightAssignments: live(["insights", "tasks"], (input) => readAssignments(replica, input)),
    ...createCoachCommands(ports),
    exportInsights: createExportInsights(ports, ports.exportFile),
  };
}
