import type { StageStep } from "./stage-ring.tsx";

interface StageLike {
  key: string;
  outcome: "open" | "won" | "lost";
}

/** How far each stage of a pipeline is along it: open stages share the ring, the first one is empty. */
export function stageSteps(stages: readonly StageLike[]): Map<string, StageStep> {
  const open = stages.filter((stage) => stage.outcome === "open");
  return new Map(
    stages.map((stage) => [
      stage.key,
      { outcome: stage.outcome, share: Math.max(0, open.indexOf(stage)) / (open.length || 1) },
    ]),
  );
}
