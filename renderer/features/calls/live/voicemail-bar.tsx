import { Voicemail } from "lucide-react";
import { useState } from "react";
import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useDirectory } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { Menu, MenuItem, MenuLabel } from "../../../ui/floating/menu.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./live.module.css";

/** Leaves a greeting on the machine that picked up, and goes: quiet until there is one, then in the way. */
export function VoicemailBar({ call }: { call: PhoneCall }) {
  const isLeaving = call.pending === "drop-voicemail";
  if (!call.can.includes("drop-voicemail")) return null;
  const { machine } = call.call;
  return (
    <div className={styles["voicemail"]} data-machine={machine}>
      <p role="status">
        {machine && (
          <>
            <Icon of={Voicemail} /> A machine answered
          </>
        )}
      </p>
      <GreetingMenu call={call} isLeaving={isLeaving} />
    </div>
  );
}

function GreetingMenu({ call, isLeaving }: { call: PhoneCall; isLeaving: boolean }) {
  const ask = useAskPhone();
  const { dropGreetings } = useDirectory();
  // A carrier speaks what nobody has recorded. At an own exchange there is none, and this desk plays it.
  const needsSound = isOfOwnExchange(call.call);
  const isLacking = needsSound && dropGreetings.some(({ sound }) => sound === "");
  const [opened, setOpened] = useState(false);
  useShortcuts("screen", [
    {
      id: "call-voicemail",
      keys: "v",
      title: "Leave a message on their machine",
      group: "In a call",
      run: () => setOpened(true),
    },
  ]);
  const leave = (greeting: string) => void ask({ do: "drop-voicemail", callId: call.callId, greeting });
  return (
    <Menu
      position="bottom-end"
      focusFirst
      opened={opened && !isLeaving}
      onChange={setOpened}
      target={
        <Button
          kind={call.call.machine ? "primary" : "quiet"}
          size={call.call.machine ? "normal" : "small"}
          keys="v"
          disabled={isLeaving}
        >
          {isLeaving ? "Leaving it…" : "Leave a message"}
        </Button>
      }
    >
      {dropGreetings.length === 0 && (
        <MenuLabel>No greetings yet: an admin adds them in the console.</MenuLabel>
      )}
      {dropGreetings.map(({ key, label, sound }) => (
        <MenuItem key={key} disabled={needsSound && sound === ""} onClick={() => leave(key)}>
          <bdi>{label}</bdi>
        </MenuItem>
      ))}
      {isLacking && <MenuLabel>At your own exchange only what was recorded can be left.</MenuLabel>}
    </Menu>
  );
}
