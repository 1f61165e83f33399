import { PhoneIncoming } from "lucide-react";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { askForDemoCall, demoCallers } from "../../../../shared/rpc/contract/phone.ts";
import { useCommand } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { Menu, MenuItem, MenuLabel } from "../../../ui/floating/menu.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { useState } from "react";
import { microphoneTrouble } from "../../phone/index.ts";
import { useAskPhone, useOpenPhone } from "../model/use-phone.ts";
import styles from "./column.module.css";

/** How the line stands when it does not simply stand: off, coming, broken; and the demo's callers while it is up. */
export function LineNote({ phone }: { phone: PhoneState }) {
  const open = useOpenPhone();
  const { line } = phone;
  switch (line.state) {
    case "off":
      return (
        <div className={styles["note"]}>
          <p>The phone is off. Calls reach you once it is on.</p>
          <Button icon={PhoneIncoming} onClick={open}>
            Turn the phone on
          </Button>
        </div>
      );
    case "starting":
      return <p className={styles["note"]}>The phone is starting.</p>;
    case "reconnecting":
      return (
        <p className={styles["note"]} role="status">
          The line is coming back. Calls cannot reach you meanwhile; everything else works.
        </p>
      );
    case "trouble":
      return <Trouble text={line.message} />;
    default: {
      const silent = microphoneTrouble(phone.microphone);
      return (
        <>
          {silent !== null && <Trouble text={silent} />}
          {line.provider === "simulator" && <DemoCalls />}
        </>
      );
    }
  }
}

function Trouble({ text }: { text: string }) {
  const ask = useAskPhone();
  return (
    <div className={styles["note"]} role="alert">
      <p className={styles["trouble"]}>{text}</p>
      <Button onClick={() => void ask({ do: "retry" })}>Try again</Button>
    </div>
  );
}

type Caller = { key: string; name: string; company: string; about: string };

/** The demo rings when it is asked to: somebody of its cast calls within seconds. */
function DemoCalls() {
  const list = useCommand(demoCallers);
  const ring = useCommand(askForDemoCall);
  const toast = useToast();
  const [callers, setCallers] = useState<readonly Caller[]>([]);
  const load = async (opened: boolean) => {
    if (!opened || callers.length > 0) return;
    const result = await list({});
    if (result.ok && result.value.ok) setCallers(result.value.value.callers);
  };
  const callMe = async (caller: string | null, saysMyPart = false) => {
    const result = await ring({ caller, saysMyPart });
    if (!result.ok) toast({ text: result.error.message, trouble: true });
    else if (!result.value.ok) toast({ text: result.value.error.message, trouble: true });
    else if (saysMyPart)
      toast({
        text: "Somebody calls you in a moment. Just listen: the transcript takes your part from a script",
      });
    else toast({ text: "Somebody calls you in a moment" });
  };
  return (
    <div className={styles["demo"]}>
      <span>A simulated carrier: nobody real is called.</span>
      <Menu
        position="bottom-end"
        onChange={(opened) => void load(opened)}
        target={
          <Button size="small">
            <Icon of={PhoneIncoming} size={14} /> Call me
          </Button>
        }
      >
        <MenuItem onClick={() => void callMe(null)}>Anybody</MenuItem>
        <MenuItem onClick={() => void callMe(null, true)}>Anybody, and my part is said for me</MenuItem>
        {callers.length > 0 && <MenuLabel>Or one of the cast</MenuLabel>}
        {callers.map(({ key, name, company }) => (
          <MenuItem key={key} onClick={() => void callMe(key)}>
            {[name, company].filter(Boolean).join(", ")}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
