import { z } from "zod";

/** What is done with a call by keys that work while another program has the keyboard. */
const hotkeyActions = ["answer", "hang-up", "mute"] as const;
export type HotkeyAction = (typeof hotkeyActions)[number];

const modifier = "(?:CommandOrControl|Control|Super|Alt|Shift)";
const typed = "[A-Z0-9]";
const functionKey = "F(?:[1-9]|1[0-9]|2[0-4])";
const wellFormed = new RegExp(
  `^(?:${modifier}\\+)*(?:${typed}|${functionKey}|Home|End|PageUp|PageDown|Insert)$`,
  "u",
);
const isFunctionKey = new RegExp(`(?:^|\\+)${functionKey}$`, "u");
const isTyped = new RegExp(`(?:^|\\+)${typed}$`, "u");

/** Why keys, as Electron writes them (`CommandOrControl+Shift+F9`), are not to be taken; null = they may be. */
export function faultOfHotkey(keys: string): string | null {
  if (!wellFormed.test(keys)) return "These keys cannot be taken.";
  if (isFunctionKey.test(keys)) return null;
  if (!/(?:CommandOrControl|Control|Super)\+/u.test(keys))
    return "Other programs need this key: hold Ctrl with it, or take one of F1 to F12.";
  // So do keyboards say AltGr, by which people write ą or @.
  if (isTyped.test(keys) && keys.includes("Control+") && keys.includes("Alt+"))
    return "Ctrl and Alt with a letter or digit is AltGr on many keyboards, and types something.";
  return null;
}

const Hotkey = z
  .string()
  .max(60)
  .refine((keys) => faultOfHotkey(keys) === null)
  .nullable();

/** Null = no keys. */
export const Hotkeys = z.object({ answer: Hotkey, "hang-up": Hotkey, mute: Hotkey }).refine((hotkeys) => {
  const taken = Object.values(hotkeys).filter((keys) => keys !== null);
  return new Set(taken).size === taken.length;
});
export type Hotkeys = z.infer<typeof Hotkeys>;

/** No letters: with Ctrl and Alt those are AltGr, and with Ctrl and Shift they are most programs' own. */
export const usualHotkeys: Hotkeys = {
  answer: "CommandOrControl+Shift+F9",
  "hang-up": "CommandOrControl+Shift+F10",
  mute: "CommandOrControl+Shift+F8",
};

type Held = "ctrlKey" | "metaKey" | "altKey" | "shiftKey";
/** As a browser's `KeyboardEvent` has it. */
type KeyPress = { key: string; code: string } & Record<Held, boolean>;

/** The keys that are pressed, as Electron writes them; null = nothing but modifiers yet. */
export function hotkeyOf(press: KeyPress, isMac: boolean): string | null {
  if (/^(?:Control|Meta|Alt|AltGraph|Shift|OS)$/u.test(press.key)) return null;
  const parts = [
    (isMac ? press.metaKey : press.ctrlKey) && "CommandOrControl",
    isMac && press.ctrlKey && "Control",
    !isMac && press.metaKey && "Super",
    press.altKey && "Alt",
    press.shiftKey && "Shift",
    nameOf(press),
  ];
  return parts.filter(Boolean).join("+");
}

/** A modifier changes what a key writes, not which key it is. */
function nameOf({ key, code }: Pick<KeyPress, "key" | "code">): string {
  if (/^[a-z0-9]$/iu.test(key)) return key.toUpperCase();
  return /^(?:Key|Digit)(?<name>[A-Z0-9])$/u.exec(code)?.groups?.["name"] ?? key;
}

/** "Ctrl+Shift+F9" */
export function sayHotkey(keys: string, isMac: boolean): string {
  return keys.replace("CommandOrControl", isMac ? "Cmd" : "Ctrl").replace(/\bControl\b/u, "Ctrl");
}
