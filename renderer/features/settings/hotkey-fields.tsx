import { useState, type KeyboardEvent } from "react";
import {
  faultOfHotkey,
  hotkeyOf,
  sayHotkey,
  type HotkeyAction,
  type Hotkeys,
} from "../../../shared/calls/hotkey.ts";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { isMac } from "../../ui/keys/key-labels.ts";
import styles from "./settings.module.css";

const labels = { answer: "Answer", "hang-up": "Hang up or decline", mute: "Mute" } as const;

/** Keys for the whole computer: each field takes what is pressed in it. */
export function HotkeyFields({
  hotkeys,
  onChange,
}: {
  hotkeys: Hotkeys;
  onChange: (hotkeys: Hotkeys) => void;
}) {
  const actions = Object.keys(labels) as HotkeyAction[];
  return (
    <div className={styles["hotkeys"]}>
      {actions.map((action) => (
        <HotkeyField
          key={action}
          label={labels[action]}
          keys={hotkeys[action]}
          others={actions.filter((other) => other !== action).map((other) => hotkeys[other])}
          onChange={(keys) => onChange({ ...hotkeys, [action]: keys })}
        />
      ))}
    </div>
  );
}

function HotkeyField({
  label,
  keys,
  others,
  onChange,
}: {
  label: string;
  keys: string | null;
  others: readonly (string | null)[];
  onChange: (keys: string | null) => void;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const take = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // One goes on through the page with it.
    if (isPlain && event.key === "Tab") return;
    // Here they mean nothing but themselves.
    event.preventDefault();
    if (isPlain && event.key === "Backspace") {
      setFault(null);
      return onChange(null);
    }
    const pressed = hotkeyOf(event.nativeEvent, isMac);
    if (pressed === null) return;
    const wrong =
      faultOfHotkey(pressed) ?? (others.includes(pressed) ? "These are taken above or below." : null);
    setFault(wrong);
    if (wrong === null) onChange(pressed);
  };
  return (
    <TextInput
      label={label}
      compact
      readOnly
      placeholder="None"
      {...(fault === null ? {} : { error: fault })}
      value={keys === null ? "" : sayHotkey(keys, isMac)}
      onChange={() => {}}
      onKeyDown={take}
      onBlur={() => setFault(null)}
    />
  );
}
