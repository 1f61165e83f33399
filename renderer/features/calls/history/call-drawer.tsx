import { Link } from "@tanstack/react-router";
import { Phone as PhoneIcon } from "lucide-react";
import type { ReactNode } from "react";
import { otherNumber } from "../../../../shared/calls/call.ts";
import type { Segment } from "../../../../shared/entities/call.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { skip, useDirectory, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { Drawer } from "../../../ui/floating/dialog.tsx";
import { formatPhone } from "../../../ui/format/phones.ts";
import { dayAndTime, formatDuration } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { ReportCard } from "../../coaching/index.ts";
import { CallNotes } from "../live/call-notes.tsx";
import { endWords } from "../model/phone-view.ts";
import { useDial } from "../model/use-phone.ts";
import { CallPlayer } from "../player/call-player.tsx";
import { usePlayer, type Player } from "../player/use-player.ts";
import { WhoseCall } from "../whose/whose-call.tsx";
import { WriteAfterCall } from "../wrap-up/write-after-call.tsx";
import { WriteDownLater } from "../wrap-up/write-down-later.tsx";
import styles from "./history.module.css";

type Detail = OutputOf<typeof callDetail>;
type KnownCall = NonNullable<Detail["call"]>;
type OfCall = { call: KnownCall; number: string; onLeave: () => void };

/** One call: what became of it, what was written down, what was said. */
export function CallDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { value, pending } = useLive(callDetail, id === null ? skip : { id: id as RecordId });
  // While the next one loads, the last one stays; it must not pass for the next.
  const detail = value?.call?.id === id ? value : null;
  const call = detail?.call;
  const number = call ? otherNumber(call) : "";
  const known = call && { callId: call.id, leadId: call.leadId, name: detail?.leadName ?? "", number };
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={detail?.leadName ?? formatPhone(number)}
      footer={call && <Footer call={call} number={number} onLeave={onClose} />}
    >
      {!pending && value?.call === null && <EmptyState>This call is not on this device.</EmptyState>}
      {call && known && (
        <>
          <Facts call={call} number={number} onLeave={onClose} />
          <div className={styles["whose"]}>
            <WhoseCall key={`${call.id} whose`} call={known} />
          </div>
          <WriteDownLater key={`${call.id} to write down`} call={known} isOwed={detail.toWriteDown} />
          <Heard key={call.id} call={call} segments={detail.segments} onLeave={onClose} />
          <CallNotes key={call.id} callId={call.id} />
        </>
      )}
    </Drawer>
  );
}

function Facts({ call, number, onLeave }: OfCall) {
  const callBack = useCallBack({ call, number, onLeave });
  const { personName, dispositionLabel } = useDirectory();
  const now = useNow();
  const talked =
    call.answeredAt && call.endedAt
      ? formatDuration((Date.parse(call.endedAt) - Date.parse(call.answeredAt)) / 1000)
      : (endWords[call.endReason] ?? "");
  const facts: [string, ReactNode][] = [
    ["When", dayAndTime(new Date(call.startedAt), now)],
    ["Length", talked],
    ["Number", number && <Phone key="number" number={number} onCall={callBack} />],
    ["Agent", call.agentId ? personName(call.agentId) : "Nobody"],
    ["Ended", dispositionLabel(call.disposition) || "–"],
    ["Merged into", call.line?.mergedInto ? <GoesOn key="merged" id={call.line.mergedInto} /> : ""],
    ["On hold", call.line && call.line.holdMs > 0 ? formatDuration(call.line.holdMs / 1000) : ""],
  ];
  return (
    <dl className={styles["facts"]}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** The call in which one talked on with them. */
function GoesOn({ id }: { id: RecordId }) {
  const { leadName = null, call } = useLive(callDetail, { id }).value ?? {};
  const who = leadName ?? (call ? formatPhone(otherNumber(call)) : "");
  return (
    <Link to="/calls" search={{ open: id }}>
      <bdi>{who || "another call"}</bdi>
    </Link>
  );
}

/** What it came to, the recording and what was said in it: each leads to the place in the recording. */
function Heard({
  call,
  segments,
  onLeave,
}: {
  call: KnownCall;
  segments: readonly Segment[];
  onLeave: () => void;
}) {
  const player = usePlayer(call.id);
  const hasRecording = call.recording !== "";
  return (
    <>
      <div className={styles["report"]}>
        <ReportCard callId={call.id} play={hasRecording ? player.playFrom : null} />
        {call.leadId && <WriteAfterCall callId={call.id} leadId={call.leadId} onLeave={onLeave} />}
      </div>
      {(hasRecording || segments.length > 0) && (
        <Transcript player={player} hasRecording={hasRecording} segments={segments} />
      )}
    </>
  );
}

function Transcript({
  player,
  hasRecording,
  segments,
}: {
  player: Player;
  hasRecording: boolean;
  segments: readonly Segment[];
}) {
  return (
    <section className={styles["heard"]} aria-label="Recording and transcript">
      {hasRecording && <CallPlayer player={player} />}
      {segments.map(({ id, speaker, startMs, endMs, text }) => (
        <button
          key={id}
          type="button"
          className={styles["segment"]}
          disabled={!hasRecording}
          aria-current={player.state === "playing" && player.atMs >= startMs && player.atMs < endMs}
          onClick={() => player.playFrom(startMs)}
        >
          <time>{formatDuration(startMs / 1000)}</time>
          <span data-speaker={speaker}>{speaker === "agent" ? "Agent" : "Customer"}</span>
          <bdi>{text}</bdi>
        </button>
      ))}
    </section>
  );
}

function useCallBack({ call, number, onLeave }: OfCall): () => void {
  const dial = useDial();
  const callBack = async () => {
    // The call is in the column that lies behind this.
    if (await dial(number, call.leadId)) onLeave();
  };
  return () => void callBack();
}

function Footer({ call, number, onLeave }: OfCall) {
  const callBack = useCallBack({ call, number, onLeave });
  return (
    <>
      {call.leadId && (
        <Link to="/leads/$leadId" params={{ leadId: call.leadId }} onClick={onLeave}>
          Open
        </Link>
      )}
      <Button icon={PhoneIcon} disabled={number === ""} onClick={callBack}>
        Call back
      </Button>
    </>
  );
}
