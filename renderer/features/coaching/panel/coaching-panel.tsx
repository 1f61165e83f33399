import { PictureInPicture2 } from "lucide-react";
import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { Figures } from "../glance/figures.tsx";
import { MoodSign } from "../glance/mood-sign.tsx";
import { TalkBar } from "../glance/talk-bar.tsx";
import { alarmWords, firstName, isUnheard, talkShares, transcriptWords } from "../model/coaching-words.ts";
import { useCoachingActions, type Coaching } from "../model/use-coaching.ts";
import { useOpenOverlay } from "../model/use-open-overlay.ts";
import { PanelCard } from "./panel-card.tsx";
import { PanelChecklist } from "./panel-checklist.tsx";
import styles from "./panel.module.css";
import { useCoachingKeys } from "./use-coaching-keys.ts";

/** The coaching of a call in the desk's own column. Cards and alarms stand in the overlay while that is open. */
export function CoachingPanel({ call, overlayShown }: Coaching & { call: LiveCoaching }) {
  const actions = useCoachingActions(call);
  const openOverlay = useOpenOverlay();
  useCoachingKeys(call, actions, openOverlay);
  const card = overlayShown ? null : call.card;
  const note = transcriptWords(call);
  return (
    <>
      <section className={styles["talk"]} aria-label="Talk share">
        <TalkHead call={call} />
        <TalkBar you={talkShares(call)?.you ?? null} />
        {isUnheard(call) ? null : <Figures call={call} />}
        {note && (
          <p className={styles["note"]} role="status">
            <b>{note.title}</b> {note.text}
          </p>
        )}
        {!overlayShown && (
          <div className={styles["overlay-button"]}>
            <IconButton
              icon={PictureInPicture2}
              size="small"
              label="Show in a window on top"
              keys="g o"
              onClick={openOverlay}
            />
          </div>
        )}
      </section>
      <PanelChecklist call={call} onTick={actions.tick} />
      {!overlayShown && call.alarm && <AlarmLine alarm={call.alarm} />}
      {card && <PanelCard call={call} card={card} actions={actions} />}
    </>
  );
}

function TalkHead({ call }: { call: LiveCoaching }) {
  const shares = talkShares(call);
  return (
    <p className={styles["shares"]}>
      <span className={styles["you"]}>You {shares ? `${shares.you}%` : "–"}</span>
      <span className={styles["them"]}>
        <MoodSign mood={call.mood} size={14} />
        <span className="cut">
          <bdi>{firstName(call.customer) || "Customer"}</bdi> {shares ? `${shares.them}%` : "–"}
        </span>
      </span>
    </p>
  );
}

/** Read out once: not its figure, which changes each second. */
function AlarmLine({ alarm }: { alarm: NonNullable<LiveCoaching["alarm"]> }) {
  const { figure, counts, advice } = alarmWords(alarm);
  return (
    <p className={styles["alarm"]} role="alert">
      <b aria-hidden>{figure}</b> {counts}
      <span>{advice}</span>
    </p>
  );
}
