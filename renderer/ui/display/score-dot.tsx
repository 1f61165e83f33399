import { hotFrom, warmFrom } from "../../../shared/scoring/lead/levels.ts";
import styles from "./marks.module.css";

export type ScoreLevel = "high" | "middle" | "low";

export function scoreLevel(score: number): ScoreLevel {
  if (score >= hotFrom) return "high";
  return score >= warmFrom ? "middle" : "low";
}

/** Level as shape: full, half, hollow. It reads in grey; the number stands beside it. */
export function ScoreDot({ score }: { score: number }) {
  return (
    <svg width={8} height={8} viewBox="0 0 8 8" aria-hidden className={styles["dot"]}>
      {shapes[scoreLevel(score)]}
    </svg>
  );
}

const shapes: Record<ScoreLevel, React.ReactNode> = {
  high: <circle cx={4} cy={4} r={4} className={styles["full"]} />,
  middle: (
    <>
      <circle cx={4} cy={4} r={3.35} className={styles["hollow"]} />
      <path d="M4 .65a3.35 3.35 0 0 0 0 6.7Z" className={styles["dim"]} />
    </>
  ),
  low: <circle cx={4} cy={4} r={3.35} className={styles["hollow"]} />,
};
