import type { PartyRole } from "../../../../shared/calls/call-event.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useDirectory } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { targetName } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./live.module.css";

const roleWords: Readonly<Record<PartyRole, string>> = {
  party: "",
  listen: "",
  whisper: "only you hear them",
  barge: "joined in",
};

/** Who else is in the call, and a way to let go of those that were added. Whoever only listens stays unmentioned. */
export function CallParties({ call }: { call: PhoneCall }) {
  const ask = useAskPhone();
  const directory = useDirectory();
  const others = call.call.parties.filter(({ role }) => role !== "listen");
  if (others.length === 0) return null;
  const { callId } = call;
  return (
    <ul className={styles["parties"]} aria-label="Also in this call">
      {others.map(({ partyId, target, role }) => (
        <li key={partyId}>
          <bdi className="cut">{targetName(target, directory)}</bdi>
          <span>{roleWords[role]}</span>
          {role === "party" && (
            <Button size="small" onClick={() => void ask({ do: "drop-party", callId, partyId })}>
              Drop
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
