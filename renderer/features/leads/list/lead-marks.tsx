import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useDirectory, type Directory } from "../../../client/index.ts";
import { ScoreDot, scoreLevel } from "../../../ui/display/score-dot.tsx";
import { StageRing, type StageStep } from "../../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../../ui/display/stage-shares.ts";
import styles from "./list.module.css";

const unknownStep: StageStep = { share: 0, outcome: "open" };
const steps = new WeakMap<Directory, Map<string, StageStep>>();

export function stepOf(directory: Directory, stage: string): StageStep {
  const known = steps.get(directory) ?? stageSteps(directory.stages("leads"));
  steps.set(directory, known);
  return known.get(stage) ?? unknownStep;
}

/** Ring and name of a stage. */
export function StageMark({ stage }: { stage: string }) {
  const directory = useDirectory();
  return (
    <span className={styles["stage"]}>
      <StageRing {...stepOf(directory, stage)} />
      <span className={`${styles["strong"] ?? ""} cut`}>{directory.stageLabel("leads", stage)}</span>
    </span>
  );
}

/** Rested on it says what it is made of: `ScoreLayer`. */
export function ScoreMark({ id, score }: Pick<LeadRow, "id" | "score">) {
  if (score === null) return <span className={styles["none"]}>–</span>;
  return (
    <span className={styles[`score-${scoreLevel(score)}`]} data-score-of={id}>
      <ScoreDot score={score} />
      {score}
    </span>
  );
}
