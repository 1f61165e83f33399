import type { Shortcut } from "../../../ui/keys/shortcut-registry.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { callChord } from "../model/call-chord.ts";
import { ifMeant } from "../model/call-chord-guard.ts";

/** The keys of a call, as the buttons show them. */
export const callKeys = {
  mute: "m",
  hold: "h",
  record: "r",
  keypad: "d",
  transfer: "x",
  add: "a",
  merge: "b",
  end: callChord,
} as const;
type CallKey = keyof typeof callKeys;

/** For whoever writes while they talk: letters are text there, and fields save by the chord that ends a call. */
export const keysWhileTyping: Partial<Record<CallKey, string>> = {
  mute: "mod+shift+m",
  record: "mod+shift+r",
  end: "mod+shift+enter",
};

const titles: Record<CallKey, string> = {
  mute: "Mute or unmute",
  hold: "Hold or resume",
  record: "Pause or resume the recording",
  keypad: "Keypad",
  transfer: "Transfer",
  add: "Add somebody",
  merge: "Merge the call that waits with this one",
  end: "End the call",
};
const titlesWhileTyping: Partial<Record<CallKey, string>> = {
  mute: "Mute or unmute while typing",
  record: "Pause or resume the recording while typing",
  end: "End the call while typing",
};

/** Work while a call is on the screen: those of its buttons where no field has the caret, the others anywhere. */
export function useCallKeys(actions: Partial<Record<CallKey, () => void>>): void {
  const names = Object.keys(actions) as CallKey[];
  useShortcuts(
    "screen",
    names.flatMap((name) => {
      const run = actions[name] ?? (() => {});
      const key = { group: "In a call", run: name === "end" ? ifMeant(run) : run };
      const chord = keysWhileTyping[name];
      return [
        { ...key, id: `call-${name}`, keys: callKeys[name], title: titles[name], whileTyping: false },
        ...(chord
          ? [
              {
                ...key,
                id: `call-${name}-typing`,
                keys: chord,
                title: titlesWhileTyping[name] ?? titles[name],
              },
            ]
          : []),
      ] satisfies Shortcut[];
    }),
  );
}
