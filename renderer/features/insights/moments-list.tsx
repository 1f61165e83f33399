import { Check, Play } from "lucide-react";
import { insightMoments } from "../../../shared/rpc/contract/insights.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { formatDuration } from "../../ui/format/times.ts";
import { Wave } from "./charts/wave.tsx";
import type { InsightsModel, ShownMoment } from "./model/use-insights.ts";
import { usePlaceKeys } from "./model/use-place-keys.ts";
import { useRowInView } from "./model/use-row-in-view.ts";
import { TalkedWith } from "./talked-with.tsx";
import shared from "./insights.module.css";
import styles from "./moments-list.module.css";

/** What to listen to, strongest first. J and K go through it. */
export function MomentsList({ model }: { model: InsightsModel }) {
  const { scope, go } = model;
  const answer = useLive(insightMoments, scope).value;
  const moments = answer?.moments ?? [];
  const chosen = usePlaceKeys(
    moments.map(({ callId, moment }) => ({ callId, atMs: moment.atMs })),
    model,
  );
  return (
    <section className={shared["half"]} aria-label="Moments to review">
      <div className={shared["head"]}>
        <h2>Moments to review</h2>
        {answer && <span className={shared["note"]}>{answer.left} left</span>}
      </div>
      {answer && moments.length === 0 ? (
        <EmptyState>Nothing to review in this time. Choose a longer period.</EmptyState>
      ) : (
        <ul className={styles["moments"]}>
          {moments.map((shown, index) => (
            <MomentRow
              key={`${shown.callId} ${shown.moment.atMs}`}
              shown={shown}
              chosen={index === chosen}
              onOpen={() => go({ call: shown.callId, at: shown.moment.atMs })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function MomentRow({ shown, chosen, onOpen }: { shown: ShownMoment; chosen: boolean; onOpen: () => void }) {
  const { agentId, leadName, moment, wave, durationMs, reviewed } = shown;
  const row = useRowInView(chosen);
  const who = useDirectory().personName(agentId);
  return (
    <li>
      <button ref={row} type="button" aria-current={chosen} className={styles["moment"]} onClick={onOpen}>
        <span className={styles["moment-time"]}>
          <Icon of={Play} size={13} />
          {formatDuration(moment.atMs / 1_000)}
        </span>
        <span className={styles["moment-wave"]}>
          <Wave wave={wave} durationMs={durationMs} atMs={moment.atMs} height={24} />
        </span>
        <span className={styles["moment-words"]}>
          <strong className="cut" title={moment.text}>
            {moment.good && !moment.text.startsWith("Good") ? "Good: " : ""}
            <bdi>{moment.text}</bdi>
          </strong>
          <span className="cut">
            <TalkedWith who={who} leadName={leadName} />
          </span>
        </span>
        {reviewed && <Icon of={Check} size={14} />}
        {reviewed && <span className="visually-hidden">reviewed</span>}
      </button>
    </li>
  );
}
