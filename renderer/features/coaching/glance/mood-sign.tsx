import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { MoodFace, moodWords } from "../../../ui/display/mood-mark.tsx";
import styles from "./glance.module.css";

/** How the customer sounds by their words, as a face beside their name. None until they have said something. */
export function MoodSign({ mood, size }: Pick<LiveCoaching, "mood"> & { size: number }) {
  if (mood === null) return null;
  const label = `Mood by their words: ${moodWords[mood].toLowerCase()}`;
  return (
    <span className={styles["mood"]} role="img" aria-label={label} title={label}>
      <MoodFace mood={mood} size={size} />
    </span>
  );
}
