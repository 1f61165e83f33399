import { Merge, Mic, MicOff, Pause, Phone as PhoneIcon, PhoneOff, Play } from "lucide-react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { Icon, type IconType } from "../../../ui/display/icon.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { keyLabels } from "../../../ui/keys/key-labels.ts";
import { callKeys } from "../live/use-call-keys.ts";
import { callerName } from "../model/call-words.ts";
import { phaseWords, ringsHere, secondsOf, wrapUpSeconds } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { useServerNow } from "../model/use-server-now.ts";
import styles from "./mini.module.css";
import { useMerge } from "./use-merge.ts";

/**
 * One row: who, how long, mute, hold, hang up. In the top bar, in the mini phone, and for calls that wait.
 * @param beside what one talks in, of a call that waits
 */
export function MiniCall({ call, beside = null }: { call: PhoneCall; beside?: PhoneCall | null }) {
  const now = useServerNow();
  const rings = ringsHere(call);
  const live = call.call.phase.phase === "live" || call.call.phase.phase === "conference";
  const paused = call.call.recording === "paused" ? "Recording paused" : "";
  const words = rings ? call.company : phaseWords(call) || paused;
  return (
    <div className={styles["mini"]} role="group" aria-label={`Call with ${callerName(call)}`}>
      <span className={classNames(styles["dot"], (live || rings) && styles["live"])} aria-hidden />
      <bdi className={`${styles["name"] ?? ""} cut`}>{callerName(call)}</bdi>
      <span className={`${styles["words"] ?? ""} cut`}>{words}</span>
      {!rings && <time className={styles["time"]}>{formatDuration(secondsOf(call, now))}</time>}
      {rings ? <Answers call={call} /> : <Controls call={call} beside={beside} />}
    </div>
  );
}

/** The same of a call that is over: whose it was, and how much of the time to write it down is gone. */
export function MiniWrapUp({ call, onOpen }: { call: PhoneCall; onOpen: () => void }) {
  const now = useServerNow();
  const { phase } = call.call;
  if (phase.phase !== "wrap-up") return null;
  const spent = Math.max(0, now.getTime() - Date.parse(phase.since)) / 1000;
  return (
    <div className={styles["mini"]} role="group" aria-label={`Wrap-up of ${callerName(call)}`}>
      <span className={styles["dot"]} aria-hidden />
      <bdi className={`${styles["name"] ?? ""} cut`}>{callerName(call)}</bdi>
      <span className={`${styles["words"] ?? ""} cut`}>Wrap-up</span>
      <time className={styles["time"]}>
        {formatDuration(spent)} of {formatDuration(wrapUpSeconds(phase))}
      </time>
      <Button size="small" onClick={onOpen}>
        Write down
      </Button>
    </div>
  );
}

function Answers({ call: { callId } }: { call: PhoneCall }) {
  const ask = useAskPhone();
  return (
    <>
      <MiniButton
        icon={PhoneIcon}
        label="Answer"
        look="answer"
        onClick={() => void ask({ do: "answer", callId })}
      />
      <MiniButton
        icon={PhoneOff}
        label="Decline"
        look="end"
        onClick={() => void ask({ do: "decline", callId })}
      />
    </>
  );
}

function Controls({ call, beside }: { call: PhoneCall; beside: PhoneCall | null }) {
  const ask = useAskPhone();
  const merge = useMerge(call, beside);
  const { callId, muted, can } = call;
  const held = call.call.phase.phase === "held";
  return (
    <>
      {/* Whoever waits hears nothing: what would mute has its place. */}
      {merge ? (
        <MiniButton
          icon={Merge}
          label="Merge"
          title={merge.why || `Merge the two calls (${keyLabels(callKeys.merge).join(" ")})`}
          look="plain"
          disabled={merge.run === null}
          onClick={() => merge.run?.()}
        />
      ) : (
        <MiniButton
          icon={muted ? MicOff : Mic}
          label={muted ? "Unmute" : "Mute"}
          look={muted ? "on" : "plain"}
          disabled={!can.includes("mute")}
          onClick={() => void ask({ do: "mute", callId, on: !muted })}
        />
      )}
      <MiniButton
        icon={held ? Play : Pause}
        label={held ? "Resume" : "Hold"}
        look={held ? "on" : "plain"}
        disabled={!can.includes("hold")}
        onClick={() => void ask({ do: "hold", callId, on: !held })}
      />
      <MiniButton
        icon={PhoneOff}
        label="End"
        look="end"
        onClick={() => void ask({ do: "hang-up", callId })}
      />
    </>
  );
}

function MiniButton({
  icon,
  label,
  look,
  title = label,
  ...rest
}: {
  icon: IconType;
  label: string;
  title?: string;
  look: "plain" | "on" | "answer" | "end";
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={title}
      className={classNames(styles["button"], styles[look])}
    >
      <Icon of={icon} />
    </button>
  );
}
