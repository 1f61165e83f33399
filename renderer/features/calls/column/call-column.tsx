import { lazy, Suspense, useEffect, useRef } from "react";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { dashboard } from "../../../../shared/rpc/contract/work.ts";
import { useLive } from "../../../client/index.ts";
import { closeCallPanel, useSidePanelShown } from "../../shell/index.ts";
import { PresenceMenu } from "../../sync/index.ts";
import { IncomingCall } from "../incoming/incoming-call.tsx";
import { MiniCall } from "../mini/mini-call.tsx";
import { useMergeKey } from "../mini/use-merge.ts";
import { useSeenByGuard } from "../model/call-chord-guard.ts";
import { viewPhone } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";
import { CallListCard, CallListStrip } from "../outbound/call-list-card.tsx";
import styles from "./column.module.css";
import { DialBox } from "./dial-box.tsx";
import { LineNote } from "./line-note.tsx";
import { NextCalls } from "./next-calls.tsx";
import { RecentCalls } from "./recent-calls.tsx";
import { ToWriteDown } from "./to-write-down.tsx";

/** What only a call needs is loaded once there is a phone, before the first call rings. */
const loadLiveCall = () => import("../live/live-call.tsx");
const loadWrapUp = () => import("../wrap-up/wrap-up.tsx");
const LiveCall = lazy(() => loadLiveCall().then((live) => ({ default: live.LiveCall })));
const WrapUp = lazy(() => loadWrapUp().then((wrapUp) => ({ default: wrapUp.WrapUp })));

/** The right column: whatever is most urgent of the phone, and between calls who is next and who was last. */
export function CallColumn() {
  const phone = usePhone();
  const view = viewPhone(phone);
  const { incoming, current, wrapUp, others } = view;
  const busy = current ?? wrapUp;
  const isOn = phone.line.state !== "off";
  // Over the work the top bar shows one's presence.
  const hasColumn = useSidePanelShown();
  useLeaveAfter(phone.calls.length > 0);
  useSeenByGuard(view);
  useMergeKey(others[0], current);
  useEffect(() => {
    if (isOn) void Promise.all([loadLiveCall(), loadWrapUp()]);
  }, [isOn]);
  return (
    <aside className={styles["panel"]} aria-label="Calls">
      {hasColumn && (
        <div className={styles["presence"]}>
          <PresenceMenu />
        </div>
      )}
      {incoming && <IncomingCall call={incoming} />}
      {others.map((call) => (
        <div key={call.callId} className={styles["other"]}>
          <MiniCall call={call} beside={current} />
        </div>
      ))}
      {(current || !wrapUp) && <ToWriteDown />}
      <Suspense>
        {current ? <LiveCall call={current} /> : wrapUp && <WrapUp key={wrapUp.callId} call={wrapUp} />}
      </Suspense>
      {busy ? <CallListStrip /> : <BetweenCalls phone={phone} />}
    </aside>
  );
}

/** The work is not covered any longer than by the last call and what is written of it. */
function useLeaveAfter(isBusy: boolean): void {
  const was = useRef(isBusy);
  useEffect(() => {
    if (was.current && !isBusy) closeCallPanel();
    was.current = isBusy;
  }, [isBusy]);
}

function BetweenCalls({ phone }: { phone: PhoneState }) {
  const answer = useLive(dashboard, {}).value;
  return (
    <>
      <DialBox phone={phone} />
      <LineNote phone={phone} />
      <CallListCard phone={phone} />
      <div className={styles["scroll"]}>
        <NextCalls calls={answer?.nextCalls} />
        <RecentCalls calls={answer?.recentCalls} />
      </div>
    </>
  );
}

/** Its place, so that nothing moves when it comes. */
export function CallColumnRoom() {
  return <div className={styles["panel"]} />;
}
