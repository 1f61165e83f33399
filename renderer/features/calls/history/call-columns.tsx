import { AudioLines, CloudUpload } from "lucide-react";
import { otherNumber } from "../../../../shared/calls/call.ts";
import type { CallRow } from "../../../../shared/rpc/contract/phone.ts";
import type { Directory } from "../../../client/index.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { formatPhone } from "../../../ui/format/phones.ts";
import { dayAndTime } from "../../../ui/format/times.ts";
import type { Column } from "../../../ui/table/columns.ts";
import { callIcon, callOutcome } from "../model/call-words.ts";
import type { ClickToCall } from "../model/use-click-to-call.ts";
import styles from "./history.module.css";

export function callColumns(directory: Directory, now: Date, clickToCall: ClickToCall): Column<CallRow>[] {
  return [
    {
      key: "who",
      label: "Who",
      width: 180,
      grow: 2,
      render: (call) => (
        <span className={styles["who"]}>
          <Icon of={callIcon(call)} size={14} />
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
    { key: "length", label: "Length", width: 84, align: "end", render: callOutcome },
    {
      key: "disposition",
      label: "Ended",
      width: 130,
      grow: 1,
      dropOrder: 3,
      render: ({ disposition }) => directory.dispositionLabel(disposition) || "–",
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
      render: (call) => {
        const number = otherNumber(call);
        return <Phone number={number} onCall={clickToCall(number, call.leadId)} inTable />;
      },
    },
    {
      key: "recording",
      label: "Recording",
      hideLabel: true,
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
