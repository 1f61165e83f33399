import { isBeingCalled } from "../../../../shared/calls/call.ts";
import type { PartyRole } from "../../../../shared/calls/call-event.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { skip, useDirectory, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { notHereWords, targetName } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./live.module.css";

const roleWords: Readonly<Record<PartyRole, string>> = {
  party: "",
  listen: "",
  whisper: "only you hear them",
  barge: "joined in",
};

/**
 * Who else is in the call or being called into it, and a way to let go of those that were added. Whoever only listens
 * stays unmentioned.
 */
export function CallParties({ call }: { call: PhoneCall }) {
  const directory = useDirectory();
  const { parties, asked = [] } = call.call;
  const others = parties.filter(({ role }) => role !== "listen");
  const called = asked.filter(isBeingCalled);
  return (
    <>
      {others.length > 0 && (
        <ul className={styles["parties"]} aria-label="Also in this call">
          {others.map(({ partyId, target, role, fromCall }) => (
            <li key={partyId}>
              <bdi className="cut">
                <PartyName name={targetName(target, directory)} fromCall={fromCall} />
              </bdi>
              <span>{roleWords[role]}</span>
              {role === "party" && <LetGo call={call} partyId={partyId} label="Drop" />}
            </li>
          ))}
        </ul>
      )}
      {called.length > 0 && (
        <ul className={styles["parties"]} aria-label="Being called" aria-live="polite">
          {called.map(({ partyId, target }) => (
            <li key={partyId}>
              <p className="cut">
                Calling <bdi>{targetName(target, directory)}</bdi>…
              </p>
              <LetGo call={call} partyId={partyId} label="Cancel" />
            </li>
          ))}
        </ul>
      )}
      {asked.map(
        ({ partyId, target, why }) =>
          why && (
            <p key={partyId} className={styles["warning"]} role="alert">
              {notHereWords({ target, why }, directory)}
            </p>
          ),
      )}
    </>
  );
}

/** Who came out of a call of their own is known by name from there. */
function PartyName({ name, fromCall }: { name: string; fromCall: RecordId | undefined }) {
  const own = useLive(callDetail, fromCall ? { id: fromCall } : skip).value;
  return own?.leadName ?? name;
}

/** Whoever supervises lets go of nobody. */
function LetGo({ call, partyId, label }: { call: PhoneCall; partyId: string; label: string }) {
  const ask = useAskPhone();
  const { callId, monitoring } = call;
  if (monitoring !== null && monitoring !== "party") return null;
  return (
    <Button size="small" onClick={() => void ask({ do: "drop-party", callId, partyId })}>
      {label}
    </Button>
  );
}
