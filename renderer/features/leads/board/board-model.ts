import type { Stage } from "../../../../shared/entities/setting.ts";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";

export interface BoardColumn {
  stage: string;
  label: string;
  outcome: Stage["outcome"];
  total: number;
  rows: readonly LeadRow[];
}

interface StageRows {
  stage: string;
  total: number;
  rows: readonly LeadRow[];
}

/**
 * The columns of the pipeline, in its order, and behind them those of stages that are not offered any more but have
 * somebody in them; with a card that was just dropped already where it belongs.
 */
export function boardColumns(
  stages: readonly Pick<Stage, "key" | "label" | "outcome">[],
  answer: readonly StageRows[],
  moved: { id: string; stage: string } | null,
  labelOf: (stage: string) => string,
): BoardColumn[] {
  const rowsByStage = new Map(answer.map((entry) => [entry.stage, entry]));
  const card = moved && answer.flatMap(({ rows }) => rows).find(({ id }) => id === moved.id);
  const offered = stages.map(({ key, label, outcome }) => {
    const { total = 0, rows = [] } = rowsByStage.get(key) ?? {};
    return { stage: key, label, outcome, total, rows };
  });
  const others = answer
    .filter(({ stage }) => !stages.some(({ key }) => key === stage))
    .map((entry): BoardColumn => ({ ...entry, label: labelOf(entry.stage), outcome: "open" }));
  const columns = [...offered, ...others];
  if (!card || !moved || card.stage === moved.stage) return columns;
  return columns.map((column) => {
    if (column.stage === card.stage)
      return { ...column, total: column.total - 1, rows: column.rows.filter(({ id }) => id !== card.id) };
    if (column.stage !== moved.stage) return column;
    return { ...column, total: column.total + 1, rows: [{ ...card, stage: moved.stage }, ...column.rows] };
  });
}
