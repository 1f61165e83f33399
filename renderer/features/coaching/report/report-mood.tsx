import type { CallReport } from "../../../../shared/entities/insight.ts";
import { MoodFace, moodWords } from "../../../ui/display/mood-mark.tsx";
import { moodBars, spokenMoods } from "../model/mood-line.ts";
import { Part } from "./part.tsx";
import styles from "./report.module.css";

const height = 32;

/** How the customer sounded: in a word, and by minute, which says where to listen. */
export function ReportMood({ report: { sentiment, mood } }: { report: CallReport }) {
  if (sentiment === "") return null;
  return (
    <Part title="Customer’s mood">
      <div className={styles["mood"]}>
        <p>
          <MoodFace mood={sentiment} /> {moodWords[sentiment]}
        </p>
        {mood.length > 1 && (
          <svg
            className={styles["minutes"]}
            viewBox={`0 0 ${mood.length} ${height}`}
            preserveAspectRatio="none"
            height={height}
            role="img"
            aria-label={`Mood by minute: ${spokenMoods(mood)}`}
          >
            <path d={`M0 ${height / 2}h${mood.length}`} className={styles["even"]} />
            <path d={moodBars(mood, height)} className={styles["felt"]} />
          </svg>
        )}
      </div>
    </Part>
  );
}
