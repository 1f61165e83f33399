import { AudioLines, CloudUpload, PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";
import type { CallRow } from "../../../../shared/rpc/contract/phone.ts";
import type { Directory } from "../../../client/index.ts";
import { Icon, type IconType } from "../../../ui/display/icon.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { formatPhone } from "../../../ui/format/phones.ts";
import { dayAndTime, formatDuration } from "../../../ui/format/times.ts";
import type { Column } from "../../../ui/table/columns.ts";
import styles from "./history.module.css";

export function callColumns(directory: Directory, now: Date): Column<CallRow>[] {
  const disposition = (key: string) => directory.dispositions.find((each) => each.key === key)?.label ?? "";
  return [
    {
      key: "who",
      label: "Who",
      width: 180,
      grow: 2,
      render: (call) => (
        <span className={styles["who"]}>
          <Icon of={iconOf(call)} size={14} />
          <bdi className={`${styles["name"] ?? ""} cut`}>
            {call.leadName ?? formatPhone(otherNumber(call))}
          </bdi>
          {call.waiting && <Icon of={CloudUpload} size={13} />}
        </span>
      ),
    },
    {
      key: "at",
      label: "When",
      width: 120,
      render: ({ startedAt }) => dayAndTime(new Date(startedAt), now),
    },
    { key: "length", label: "Length", width: 84, align: "end", render: lengthWords },
    {
      key: "disposition",
      label: "Ended",
      width: 130,
      grow: 1,
      dropOrder: 3,
      render: (call) => disposition(call.disposition) || "–",
    },
    {
      key: "agent",
      label: "Agent",
      width: 110,
      dropOrder: 2,
      render: ({ agentId }) => (agentId ? directory.personName(agentId) : "–"),
    },
    {
      key: "number",
      label: "Number",
      width: 140,
      dropOrder: 1,
      render: (call) => <Phone number={otherNumber(call)} />,
    },
    {
      key: "recording",
      label: "",
      width: 36,
      render: ({ recording }) =>
        recording === "" ? null : (
          <>
            <Icon of={AudioLines} size={14} />
            <span className="visually-hidden">recorded</span>
          </>
        ),
    },
  ];
}

export function otherNumber({ direction, from, to }: Pick<CallRow, "direction" | "from" | "to">): string {
  return direction === "inbound" ? from : to;
}

function iconOf({ direction, answeredAt }: CallRow): IconType {
  if (direction === "outbound") return PhoneOutgoing;
  return answeredAt ? PhoneIncoming : PhoneMissed;
}

/** "7:48", or why nobody talked. */
function lengthWords({ direction, answeredAt, endedAt, endReason }: CallRow): string {
  if (!endedAt) return "now";
  if (answeredAt) return formatDuration((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000);
  if (endReason === "voicemail") return "voicemail";
  return direction === "inbound" ? "missed" : endReason === "busy" ? "busy" : "no answer";
}
