import { useRef } from "react";
import { phoneLevels } from "../../../../shared/rpc/contract/phone.ts";
import { useEvent } from "../../../client/index.ts";
import styles from "./live.module.css";

/** How loud both sides are. Ten times a second, so it is drawn without React. */
export function LevelMeters({ muted }: { muted: boolean }) {
  const mine = useRef<HTMLSpanElement>(null);
  const theirs = useRef<HTMLSpanElement>(null);
  useEvent(phoneLevels, ({ microphone, speaker }) => {
    if (mine.current) mine.current.style.scale = `${muted ? 0 : microphone} 1`;
    if (theirs.current) theirs.current.style.scale = `${speaker} 1`;
  });
  return (
    <div className={styles["levels"]} aria-hidden>
      <span className={styles["level"]}>
        <span ref={mine} data-level="you" className={styles["level-you"]} />
      </span>
      <span className={styles["level"]}>
        <span ref={theirs} data-level="them" className={styles["level-them"]} />
      </span>
    </div>
  );
}
