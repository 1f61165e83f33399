import { useState } from "react";
import { useDirectory, useEdits } from "../../client/index.ts";
import { findDeal, moveDeal, type BoardStages } from "./deal-board.ts";

/** The board with a move shown at once; the next answer of the replica takes its place. */
export function useMoveDeal(answer: BoardStages | undefined): {
  stages: BoardStages | undefined;
  move: (id: string, stage: string) => void;
} {
  const directory = useDirectory();
  const edits = useEdits();
  const [moved, setMoved] = useState<{ over: BoardStages | undefined; stages: BoardStages } | null>(null);
  const stages = moved?.over === answer ? (moved?.stages ?? answer) : answer;
  const move = async (id: string, stage: string) => {
    const deal = stages && findDeal(stages, id);
    if (!deal || deal.stage === stage) return;
    setMoved({ over: answer, stages: moveDeal(stages, id, stage) });
    const label = `Moved ${deal.name} to ${directory.stageLabel("deals", stage)}`;
    const result = await edits.edit([{ collection: "deals", id: deal.id, set: { stage } }], label);
    if (!result.ok) setMoved(null);
  };
  return { stages, move: (id, stage) => void move(id, stage) };
}
