import { Link } from "@tanstack/react-router";
import { CircleDot, CirclePause, Sparkles } from "lucide-react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { KeyHint } from "../../../ui/display/kbd.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { classNames } from "../../../ui/class-names.ts";
import { keyLabels, spokenKeys } from "../../../ui/keys/key-labels.ts";
import { openAssistant } from "../../shell/index.ts";
import { callerName } from "../model/call-words.ts";
import { phaseWords, secondsOf, turnRecording, waitsForPermit } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { useServerNow } from "../model/use-server-now.ts";
import { WhoseCall } from "../whose/whose-call.tsx";
import { AtAGlance } from "./at-a-glance.tsx";
import styles from "./live.module.css";
import { callKeys, keysWhileTyping, useCallKeys } from "./use-call-keys.ts";

/** Who it is, how long it lasts, whether it is recorded, and what is known of them. */
export function CallHead({ call }: { call: PhoneCall }) {
  const now = useServerNow();
  const words = phaseWords(call);
  const isMine = call.monitoring === null || call.monitoring === "party";
  const hasRecord = isMine && !waitsForPermit(call);
  const ask = useAskPhone();
  // Also where nothing is recorded: whoever presses them is told so.
  useCallKeys(isMine ? { record: () => void ask(turnRecording(call)) } : {});
  return (
    <header className={styles["head"]}>
      <div className={styles["who-line"]}>
        <h2 className="cut">
          <CallName call={call} />
        </h2>
        <AskButton call={call} />
        <time className={classNames(styles["timer"], words !== "" && styles["waiting"])}>
          {formatDuration(secondsOf(call, now)).padStart(5, "0")}
        </time>
      </div>
      <p className={styles["about"]}>
        <bdi className="cut">{call.company}</bdi>
        {words && <span>{words}</span>}
        {call.leadId && hasRecord && <WhoseCall call={call} hasKey />}
      </p>
      <p className={styles["about"]}>
        <Phone number={call.number} />
        <RecordingSwitch call={call} />
      </p>
      {!call.leadId && hasRecord && <WhoseCall call={call} hasKey />}
      {call.leadId && <AtAGlance leadId={call.leadId} />}
    </header>
  );
}

/** What was agreed, what is open: asked while they talk. */
function AskButton({ call }: { call: PhoneCall }) {
  const { leadId } = call;
  if (leadId === null) return null;
  return (
    <IconButton
      size="small"
      icon={Sparkles}
      label="Ask the assistant about them"
      onClick={() => openAssistant({ id: leadId, name: callerName(call) })}
    />
  );
}

function CallName({ call }: { call: PhoneCall }) {
  const { leadId } = call;
  const text = callerName(call);
  if (leadId === null) return <bdi>{text}</bdi>;
  return (
    <Link to="/leads/$leadId" params={{ leadId }}>
      <bdi>{text}</bdi>
    </Link>
  );
}

/** Recording, with its pause for card numbers; says nothing where calls are not recorded, or not before a yes (ConsentBar). */
function RecordingSwitch({ call }: { call: PhoneCall }) {
  const ask = useAskPhone();
  const { recording, consent } = call.call;
  if (consent === "refused") return <span>Not recorded: they refused</span>;
  if (recording === "off" || consent === "needed") return null;
  const paused = recording === "paused";
  return (
    <button
      type="button"
      className={styles["recording"]}
      aria-pressed={paused}
      disabled={!call.can.includes("pause-recording") || call.pending === "pause-recording"}
      title={`${paused ? "Resume" : "Pause"}; while typing: ${keyLabels(keysWhileTyping.record ?? "").join(" ")}`}
      aria-keyshortcuts={[callKeys.record, keysWhileTyping.record].map(spokenKeys).join(" ")}
      onClick={() => void ask(turnRecording(call))}
    >
      <Icon of={paused ? CirclePause : CircleDot} size={14} />
      {paused ? "Recording paused" : "Recording"}
      <KeyHint keys={callKeys.record} />
    </button>
  );
}
