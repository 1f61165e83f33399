import { expect, test } from "vitest";
import { faultOfHotkey, hotkeyOf, Hotkeys, sayHotkey, usualHotkeys } from "./hotkey.ts";

const press = (key: string, code: string, ...held: ("ctrlKey" | "metaKey" | "altKey" | "shiftKey")[]) => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...Object.fromEntries(held.map((name) => [name, true])),
});

test.each([
  [press("F9", "F9", "ctrlKey", "shiftKey"), false, "CommandOrControl+Shift+F9"],
  [press("F9", "F9", "metaKey"), true, "CommandOrControl+F9"],
  [press("k", "KeyK", "ctrlKey", "metaKey"), true, "CommandOrControl+Control+K"],
  [press("!", "Digit1", "ctrlKey", "shiftKey"), false, "CommandOrControl+Shift+1"],
  [press("a", "KeyQ", "ctrlKey"), false, "CommandOrControl+A"],
  [press("Home", "Home", "metaKey"), false, "Super+Home"],
  [press("Shift", "ShiftLeft", "ctrlKey", "shiftKey"), false, null],
])("%j, on a Mac: %s, is %s", (pressed, isMac, keys) => {
  expect(hotkeyOf(pressed, isMac)).toBe(keys);
});

test.each([
  "CommandOrControl+Alt+A",
  "Control+Alt+Shift+2",
  "A",
  "Shift+A",
  "Alt+Home",
  "CommandOrControl+",
  "CommandOrControl+Enter",
  "Hyper+A",
])("%s is not taken", (keys) => {
  expect(faultOfHotkey(keys)).not.toBeNull();
});

test.each(["F13", "F9", "CommandOrControl+Alt+F9", "CommandOrControl+Shift+A", "Super+Home"])(
  "%s is taken",
  (keys) => {
    expect(faultOfHotkey(keys)).toBeNull();
  },
);

test("those that one begins with are good ones, and no two things have the same", () => {
  expect(Hotkeys.parse(usualHotkeys)).toEqual(usualHotkeys);
  expect(Hotkeys.safeParse({ ...usualHotkeys, mute: usualHotkeys.answer }).success).toBe(false);
  expect(Hotkeys.safeParse({ answer: null, "hang-up": null, mute: null }).success).toBe(true);
});

test("people read them as they stand on the keyboard", () => {
  expect(sayHotkey("CommandOrControl+Shift+F9", false)).toBe("Ctrl+Shift+F9");
  expect(sayHotkey("CommandOrControl+Control+K", true)).toBe("Cmd+Ctrl+K");
});
