import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";

/** The keys of a call, as the buttons show them. */
export const callKeys = {
  mute: "m",
  hold: "h",
  keypad: "d",
  transfer: "x",
  add: "a",
  end: "mod+enter",
} as const;

const titles: Record<keyof typeof callKeys, string> = {
  mute: "Mute or unmute",
  hold: "Hold or resume",
  keypad: "Keypad",
  transfer: "Transfer",
  add: "Add somebody",
  end: "End the call",
};

/** Work wherever the caret is not, while a call is on the screen. */
export function useCallKeys(actions: Record<keyof typeof callKeys, () => void>): void {
  useShortcuts(
    "screen",
    (Object.keys(callKeys) as (keyof typeof callKeys)[]).map((name) => ({
      id: `call-${name}`,
      keys: callKeys[name],
      title: titles[name],
      group: "In a call",
      run: actions[name],
    })),
  );
}
