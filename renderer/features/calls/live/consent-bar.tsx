import { CircleDashed } from "lucide-react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import type { ConsentAnswer } from "../../../../shared/calls/server-wire.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./consent-bar.module.css";

/**
 * Where the law wants a clear yes: until one of the two is pressed nothing is recorded.
 * @param inLine where it is beside the call, not below it
 */
export function ConsentBar({ call, inLine = false }: { call: PhoneCall; inLine?: boolean }) {
  const ask = useAskPhone();
  if (!call.can.includes("note-consent")) return null;
  const note = (answer: ConsentAnswer) => void ask({ do: "consent", callId: call.callId, answer });
  const isNoting = call.pending === "note-consent";
  return (
    <div className={styles["bar"]} data-in-line={inLine} role="group" aria-label="Consent to recording">
      <p role="status">
        <Icon of={CircleDashed} /> Ask before you record
      </p>
      <Button disabled={isNoting} onClick={() => note("refused")}>
        They refused
      </Button>
      <Button disabled={isNoting} onClick={() => note("given")}>
        They agreed
      </Button>
    </div>
  );
}
