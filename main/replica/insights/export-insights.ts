import type { exportInsights } from "../../../shared/rpc/contract/insights.ts";
import { figureNames } from "../../../shared/rpc/contract/insights.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { CommandHandler } from "../../rpc/handlers.ts";
import { csvLine } from "../exports/csv-line.ts";
import type { ExportFile } from "../exports/export-file.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import { readAdherence } from "./adherence.ts";
import { readCards } from "./cards.ts";
import { readMoments } from "./moments.ts";
import { readOverview } from "./overview.ts";
import type { InsightPorts, InsightScope } from "./scope.ts";

type Cell = string | number | null;
type Line = readonly Cell[];

/**
 * Tiles, weeks, agents, checklist, cards and moments, one table after the other, as CSV (csv-line.ts). Figures are as they
 * are computed: shares 0 to 1, durations in ms, the outcome in calls of 100.
 */
export function createExportInsights(
  ports: InsightPorts,
  exportFile: ExportFile,
): CommandHandler<typeof exportInsights> {
  return async ({ byteOrderMark, ...scope }) => {
    const { period, lines } = await readLines(ports, scope);
    const text = lines
      .map((line) => csvLine(line.map((cell) => (cell === null ? "" : String(cell)))))
      .join("");
    try {
      const file = await exportFile(
        `coaching-${period.from}-${period.to}.csv`,
        (byteOrderMark ? "\ufeff" : "") + text,
      );
      return ok(file);
    } catch (error) {
      return err({
        code: "disk-full",
        message: `The file could not be written: ${(error as Error).message}`,
      });
    }
  };
}

async function readLines(ports: InsightPorts, scope: InsightScope) {
  const overview = await readOverview(ports, scope);
  const { items } = await readAdherence(ports, scope);
  const { cards } = await readCards(ports, scope);
  const { moments } = await readMoments(ports, scope);
  const { period, against, outcome, whole, goals, weeks, agents, medians } = overview;
  const nameOf = namesOf(ports.settings);
  const compared = figureNames.flatMap((name) => [name, `${name} before`]);
  const lines: Line[] = [
    ["Period", period.from, period.to],
    ["Against", against.from, against.to],
    ["Team", scope.teamId === null ? "all" : nameOf(scope.teamId)],
    ["Playbook", scope.playbook || "any", scope.version || ""],
    ["Outcome", outcome],
    ["Calls", overview.calls],
    [],
    ["Figure", "now", "before", "goal from", "goal to"],
    ...figureNames.map((name): Line => [
      name,
      whole[name].now,
      whole[name].before,
      goals[name]?.from ?? null,
      goals[name]?.to ?? null,
    ]),
    [],
    ["Week from", "calls", ...figureNames],
    ...weeks.map(({ from, calls, figures }): Line => [
      from,
      calls,
      ...figureNames.map((name) => figures[name]),
    ]),
    [],
    ["Agent", "calls", "calls before", ...compared],
    ...agents.map(({ userId, calls, callsBefore, figures }): Line => [
      nameOf(userId),
      calls,
      callsBefore,
      ...figureNames.flatMap((name) => [figures[name].now, figures[name].before]),
    ]),
    ["Median", null, null, ...figureNames.flatMap((name) => [medians[name], null])],
    [],
    [
      "Playbook",
      "checklist item",
      "done",
      "skipped",
      "outcome when done",
      "outcome when skipped",
      "gain",
      "too few to say",
    ],
    ...items.map(
      ({ playbookLabel, label, done, skipped, outcomeDone, outcomeSkipped, gain, unsure }): Line => [
        playbookLabel,
        label,
        done,
        skipped,
        outcomeDone,
        outcomeSkipped,
        gain,
        unsure ? "yes" : "no",
      ],
    ),
    [],
    ["Card", "playbook", "shown", "calls", "useful", "not useful"],
    ...cards.map(({ title, playbookLabel, shown, calls, useful, notUseful }): Line => [
      title,
      playbookLabel,
      shown,
      calls,
      useful,
      notUseful,
    ]),
    [],
    ["Moment", "agent", "with", "call began", "at ms", "until ms"],
    ...moments.map(({ moment, agentId, leadName, at }): Line => [
      moment.text,
      nameOf(agentId),
      leadName,
      at,
      moment.atMs,
      moment.endMs,
    ]),
  ];
  return { period, lines };
}

/** Of people and teams. */
function namesOf(settings: TenantSettings): (id: string | null) => string {
  const names = new Map<string, string>([
    ...settings.people().map(({ userId, name }) => [userId, name] as const),
    ...settings.teams().map(({ teamId, name }) => [teamId, name] as const),
  ]);
  return (id) => (id === null ? "" : (names.get(id) ?? id));
}
