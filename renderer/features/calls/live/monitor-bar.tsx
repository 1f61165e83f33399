import { PhoneOff } from "lucide-react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./live.module.css";

const roles = [
  { value: "listen", label: "Listen" },
  { value: "whisper", label: "Whisper" },
  { value: "barge", label: "Join in" },
] as const;
type Role = (typeof roles)[number]["value"];

const whoHears: Readonly<Record<Role, string>> = {
  listen: "Nobody hears you",
  whisper: "Only the agent hears you",
  barge: "Both hear you",
};

/** In a colleague's call: who hears this person, and the way out. */
export function MonitorBar({ callId, role }: { callId: PhoneCall["callId"]; role: Role }) {
  const ask = useAskPhone();
  return (
    <div className={styles["monitor"]}>
      <Segmented
        label="How you are in this call"
        segments={roles}
        value={role}
        onChange={(next) => void ask({ do: "monitor", callId, role: next })}
      />
      <p className="cut" role="status">
        {whoHears[role]}
      </p>
      <Button icon={PhoneOff} onClick={() => void ask({ do: "hang-up", callId })}>
        Leave
      </Button>
    </div>
  );
}
