import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { alarmWords } from "../model/coaching-words.ts";
import styles from "./overlay.module.css";

/** The one inverted card. Beside another card it is one line: there is room for one thing to read. */
export function AlarmCard({ alarm, small }: { alarm: NonNullable<LiveCoaching["alarm"]>; small: boolean }) {
  const { figure, counts, advice } = alarmWords(alarm);
  return (
    <section className={styles["alarm"]} data-small={small} role="alert" aria-label={`${counts}. ${advice}`}>
      <p>
        <b aria-hidden>{figure}</b> {counts}
      </p>
      {!small && <p className={styles["advice"]}>{advice}</p>}
    </section>
  );
}
