import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { Figures } from "../glance/figures.tsx";
import { MoodSign } from "../glance/mood-sign.tsx";
import { TalkBar } from "../glance/talk-bar.tsx";
import { firstName, talkShares } from "../model/coaching-words.ts";
import styles from "./overlay.module.css";

/** Two figures that can be read from afar, and the bar that they are of; in full, pace and interruptions too. */
export function TalkShare({ call, inFull }: { call: LiveCoaching; inFull: boolean }) {
  const shares = talkShares(call);
  return (
    <section className={styles["talk"]} aria-label="Talk share">
      <div className={styles["shares"]}>
        <p className={styles["you"]}>
          <b>{shares?.you ?? "–"}</b>
          <i>%</i> You
        </p>
        <p className={styles["them"]}>
          <MoodSign mood={call.mood} size={18} />
          <bdi className="cut">{firstName(call.customer) || "Customer"}</bdi> <b>{shares?.them ?? "–"}</b>
          <i>%</i>
        </p>
      </div>
      <TalkBar you={shares?.you ?? null} high />
      {inFull && <Figures call={call} brief />}
    </section>
  );
}
