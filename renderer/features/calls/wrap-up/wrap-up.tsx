import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { callReport } from "../../../../shared/rpc/contract/coaching.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { ReportCard } from "../../coaching/index.ts";
import { CallNotes } from "../live/call-notes.tsx";
import { callerName } from "../model/call-words.ts";
import { callChord } from "../model/call-chord.ts";
import { ifMeant } from "../model/call-chord-guard.ts";
import { endWords, wrapUpSeconds } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { useServerNow } from "../model/use-server-now.ts";
import { CallPlayer } from "../player/call-player.tsx";
import { usePlayer } from "../player/use-player.ts";
import { WhoseCall } from "../whose/whose-call.tsx";
import { AfterCall } from "./after-call.tsx";
import { HowItEnded } from "./how-it-ended.tsx";
import { useWriteDown } from "./use-write-down.ts";
import styles from "./wrap-up.module.css";

const moreTimeMs = 60_000;
/** So long before its end one is told what becomes of it. */
const shortSeconds = 20;

/** After a call: how it ended, what follows, what was said. What is not done when its time is up can be done later. */
export function WrapUp({ call }: { call: PhoneCall }) {
  const { callId, leadId } = call;
  const ask = useAskPhone();
  const writing = useWriteDown(call);
  const detail = useLive(callDetail, { id: callId }).value;
  const player = usePlayer(callId);
  const hasRecording = (detail?.call?.recording ?? "") !== "";
  const hasReport = (useLive(callReport, { callId }).value?.report ?? null) !== null;
  const extend = () => void ask({ do: "extend-wrap-up", callId, byMs: moreTimeMs });
  useShortcuts("screen", [
    {
      id: "finish-wrap-up",
      keys: callChord,
      title: "Finish wrap-up",
      group: "In a call",
      run: ifMeant(() => void writing.finish()),
    },
  ]);
  return (
    <>
      <WrapUpHead call={call} />
      <HowItEnded writing={writing} hasKeys />
      <div className={styles["report"]}>
        <ReportCard callId={callId} play={hasRecording ? player.playFrom : null} />
        {hasRecording && (
          <div className={styles["player"]}>
            <CallPlayer player={player} />
          </div>
        )}
        {leadId && <AfterCall callId={callId} leadId={leadId} />}
      </div>
      <CallNotes callId={callId} short={hasReport || leadId !== null} />
      <footer className={styles["foot"]}>
        <Button kind="quiet" onClick={extend}>
          More time <span className={styles["aside"]}>+1 min</span>
        </Button>
        <Button
          kind="primary"
          size="large"
          keys={callChord}
          disabled={writing.whyNot !== null}
          title={writing.whyNot ?? undefined}
          onClick={() => void writing.finish()}
        >
          Finish wrap-up
        </Button>
      </footer>
    </>
  );
}

function WrapUpHead({ call }: { call: PhoneCall }) {
  const now = useServerNow();
  const { phase } = call.call;
  if (phase.phase !== "wrap-up") return null;
  const whole = wrapUpSeconds(phase);
  const spent = Math.max(0, now.getTime() - Date.parse(phase.since)) / 1000;
  const isShort = whole - spent <= shortSeconds;
  return (
    <section className={styles["head"]} aria-label="Wrap-up">
      <div className={styles["title"]}>
        <h2>Wrap-up</h2>
        <time>
          <b>{formatDuration(spent)}</b> of {formatDuration(whole)}
        </time>
      </div>
      <div
        className={styles["bar"]}
        role="progressbar"
        aria-label="Wrap-up time"
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={Math.round(Math.min(spent, whole))}
      >
        <span data-short={isShort} style={{ width: `${Math.min(100, (spent / whole) * 100)}%` }} />
      </div>
      <p>
        <span className="cut">{summaryOf(call)}</span>
        <span>{isShort ? "Nearly up: finish later under Calls" : ""}</span>
      </p>
      <WhoseCall call={call} hasKey />
    </section>
  );
}

function summaryOf(phoneCall: PhoneCall): string {
  const { call } = phoneCall;
  const who = callerName(phoneCall);
  if ("why" in call.phase && call.phase.why === "voicemail") return `Message left for ${who}`;
  if (!call.answeredAt || !call.endedAt || call.phase.phase !== "wrap-up") {
    return `${who}: ${endWords["why" in call.phase ? call.phase.why : ""] ?? "Call ended"}`;
  }
  const talked = (Date.parse(call.endedAt) - Date.parse(call.answeredAt)) / 1000;
  return `Call with ${who}, ${formatDuration(talked)}`;
}
