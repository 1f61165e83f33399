import type { exportInsights } from "../../../shared/rpc/contract/insights.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { CommandHandler } from "../../rpc/handlers.ts";
import { csvLine } from "../exports/csv-line.ts";
import type { ExportFile } from "../exports/export-file.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import { readAdherence } from "./adherence.ts";
import { readAssignments } from "./assignments.ts";
import { readCards } from "./cards.ts";
import { readDistributions } from "./distribution.ts";
import { tablesOf, type Cell, type Exported } from "./export-tables.ts";
import { readMoments } from "./moments.ts";
import { readOverview } from "./overview.ts";
import type { InsightPorts, InsightScope } from "./scope.ts";
import { readTopCallers } from "./top-callers.ts";

/** What the screens show of the calls in scope, one table after the other, as CSV (csv-line.ts, export-tables.ts). */
export function createExportInsights(
  ports: InsightPorts,
  exportFile: ExportFile,
): CommandHandler<typeof exportInsights> {
  return async ({ byteOrderMark, ...scope }) => {
    const exported = await readAll(ports, scope);
    const lines = tablesOf(exported, namesOf(ports.settings)).flatMap((table, at) =>
      at === 0 ? table : [[], ...table],
    );
    const text = lines.map((line) => csvLine(line.map(textOf))).join("");
    const { from, to } = exported.overview.period;
    try {
      return ok(await exportFile(`coaching-${from}-${to}.csv`, (byteOrderMark ? "\ufeff" : "") + text));
    } catch (error) {
      return err({
        code: "disk-full",
        message: `The file could not be written: ${(error as Error).message}`,
      });
    }
  };
}

async function readAll(ports: InsightPorts, scope: InsightScope): Promise<Exported> {
  const { teamId, agentId } = scope;
  return {
    scope,
    overview: await readOverview(ports, scope),
    items: (await readAdherence(ports, scope)).items,
    spreads: (await readDistributions(ports, scope)).metrics,
    topCallers: await readTopCallers(ports, scope),
    cards: (await readCards(ports, scope)).cards,
    moments: (await readMoments(ports, scope)).moments,
    practised: (await readAssignments(ports.replica, { teamId, agentId })).assignments,
  };
}

/** Without what adding up leaves in the last digits: 0.31999999999999995, or -5.6e-17, which csvLine takes for a formula. */
function textOf(cell: Cell): string {
  if (typeof cell !== "number") return cell ?? "";
  return Math.abs(cell) < 1e-6 ? "0" : String(Number(cell.toPrecision(12)));
}

/** Of people and teams. */
function namesOf(settings: TenantSettings): (id: string | null) => string {
  const names = new Map<string, string>([
    ...settings.people().map(({ userId, name }) => [userId, name] as const),
    ...settings.teams().map(({ teamId, name }) => [teamId, name] as const),
  ]);
  return (id) => (id === null ? "" : (names.get(id) ?? id));
}
