import { preferences } from "../../../../shared/rpc/contract/session.ts";
import { liveCoaching, type LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { useLive } from "../../../client/hooks.tsx";
import { useTheme } from "../../../ui/theme.ts";
import { callShown } from "../model/call-shown.ts";
import { isUnheard, transcriptWords } from "../model/coaching-words.ts";
import { useCoachingActions } from "../model/use-coaching.ts";
import { AlarmCard } from "./alarm-card.tsx";
import { BattleCard } from "./battle-card.tsx";
import { Checklist, NextItem } from "./checklist.tsx";
import { OverlayHead } from "./overlay-head.tsx";
import { TalkShare } from "./talk-share.tsx";
import styles from "./overlay.module.css";
import { useOverlayWindow } from "./use-overlay-window.ts";
import { WhatIsSaid } from "./what-is-said.tsx";

/**
 * The window that coaches during a call: there as long as the call is, read at a glance from 70 cm.
 * @param page the document that it stands in, which may be another one than that of its script
 */
export function Overlay({ page = document }: { page?: Document }) {
  const mine = useLive(preferences, {}).value;
  useTheme(mine?.theme ?? "system", page);
  const call = callShown(useLive(liveCoaching, { overlay: true }));
  const panel = useOverlayWindow(call === null, page.defaultView ?? window);
  return (
    <main className={styles["glass"]}>
      <div ref={panel} className={styles["panel"]}>
        {call && <Coached call={call} inFull={mine?.overlayShows === "everything"} />}
      </div>
    </main>
  );
}

function Coached({ call, inFull }: { call: LiveCoaching; inFull: boolean }) {
  const actions = useCoachingActions(call);
  const { alarm, card, checklist, snoozedUntil } = call;
  const note = transcriptWords(call);
  return (
    <>
      <OverlayHead call={call} onSnooze={() => actions.snooze(snoozedUntil === null)} />
      {isUnheard(call) ? null : <TalkShare call={call} inFull={inFull} />}
      {note && <Note {...note} />}
      {alarm && <AlarmCard alarm={alarm} small={card !== null} />}
      {card && <BattleCard call={call} card={card} actions={actions} />}
      {alarm || card ? (
        <NextItem checklist={checklist} />
      ) : (
        <Checklist checklist={checklist} onTick={actions.tick} />
      )}
      {inFull && <WhatIsSaid call={call} />}
    </>
  );
}

function Note({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles["note"]} role="status">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}
