import { chordOf, type KeyPress } from "./shortcut-registry.ts";

export type FieldKeyPress = KeyPress & Pick<KeyboardEvent, "repeat" | "preventDefault">;

/** For a field that saves by Ctrl+Enter: there the chord is the field's, also while a call rings or is up. */
export function onSaveChord(event: FieldKeyPress, save: () => void): void {
  if (chordOf(event) !== "mod+enter") return;
  event.preventDefault();
  // A key that is held is pressed again and again: it is one.
  if (!event.repeat) save();
}
