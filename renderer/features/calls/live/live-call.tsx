import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useDirectory } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { CoachingPanel, LiveTranscript, useCoaching } from "../../coaching/index.ts";
import { DialBox } from "../column/dial-box.tsx";
import { backWords, transferWords, waitsForPermit } from "../model/phone-view.ts";
import { useAskPhone, usePhone } from "../model/use-phone.ts";
import { CallControls } from "./call-controls.tsx";
import { CallHead } from "./call-head.tsx";
import { CallNotes } from "./call-notes.tsx";
import { CallParties } from "./call-parties.tsx";
import { ConsentBar } from "./consent-bar.tsx";
import { LevelMeters } from "./level-meters.tsx";
import { MonitorBar } from "./monitor-bar.tsx";
import { VoicemailBar } from "./voicemail-bar.tsx";
import styles from "./live.module.css";

/** A call while it lasts: who, how long, what one can do, help with it, what is said, and a place to write. */
export function LiveCall({ call }: { call: PhoneCall }) {
  const role = call.monitoring === "party" ? null : call.monitoring;
  const { personName } = useDirectory();
  const phone = usePhone();
  const coaching = useCoaching();
  const coached = coaching.call?.callId === call.callId ? coaching.call : null;
  const isPermitted = !waitsForPermit(call);
  return (
    <>
      <section className={styles["live"]} aria-label="Current call">
        <CallHead call={call} />
        {role ? <MonitorBar callId={call.callId} role={role} /> : <CallControls call={call} />}
        <ConsentBar call={call} />
        <VoicemailBar call={call} />
        {call.monitoring === null && <TransferBar call={call} />}
        {call.monitoring === null && <BackNote call={call} />}
        <CallParties call={call} />
        {call.warning && (
          <p className={styles["warning"]} role="alert">
            {call.warning}
          </p>
        )}
        <LevelMeters muted={call.muted} />
      </section>
      {role === null && call.call.phase.phase === "held" && <DialBox phone={phone} />}
      {coached && <CoachingPanel call={coached} overlayShown={coaching.overlayShown} />}
      {isPermitted && (
        <LiveTranscript
          key={`transcript ${call.callId}`}
          callId={call.callId}
          agent={role === null ? "" : personName(call.call.agentId)}
          customer={call.name}
          phrase={coached?.card?.phrase ?? ""}
        />
      )}
      {role === null && isPermitted && (
        <CallNotes key={`notes ${call.callId}`} callId={call.callId} short={coached !== null} />
      )}
    </>
  );
}

/** While somebody else is asked: give the call to them, or take it back. */
function TransferBar({ call }: { call: PhoneCall }) {
  const ask = useAskPhone();
  const directory = useDirectory();
  const { phase } = call.call;
  if (phase.phase !== "transferring") return null;
  const { callId } = call;
  return (
    <div className={styles["transfer-bar"]}>
      <p className="cut" role="status">
        {transferWords(phase.transfer, directory)}
      </p>
      <Button onClick={() => void ask({ do: "cancel-transfer", callId })}>Back to the caller</Button>
      <Button
        kind="primary"
        disabled={!phase.transfer.answered}
        onClick={() => void ask({ do: "complete-transfer", callId })}
      >
        Hand over
      </Button>
    </div>
  );
}

/** Why a call that was to be handed over is here again, until something else becomes of it. */
function BackNote({ call }: { call: PhoneCall }) {
  const directory = useDirectory();
  const { phase } = call.call;
  if (!("back" in phase) || !phase.back) return null;
  return (
    <p className={styles["warning"]} role="alert">
      {backWords(phase.back, directory)}
    </p>
  );
}
