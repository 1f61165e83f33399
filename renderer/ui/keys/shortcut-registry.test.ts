import { describe, expect, test } from "vitest";
import { onSaveChord } from "./on-save-chord.ts";
import { chordOf, createShortcutRegistry, type Shortcut } from "./shortcut-registry.ts";

const shortcut = (id: string, keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
  id,
  keys,
  title: id,
  group: "Test",
  run: () => undefined,
  ...more,
});
const layer = (scope: "global" | "screen" | "dialog", shortcuts: Shortcut[], barrier = false) => ({
  scope,
  shortcuts: () => shortcuts,
  barrier,
});
const reading = { typing: false, nowMs: 0 };

test("what lies above answers first, however it was added, and below it again when it leaves", () => {
  const registry = createShortcutRegistry();
  const leave = registry.add(layer("screen", [shortcut("close", "escape")]));
  registry.add(layer("global", [shortcut("clear", "escape")]));
  expect(registry.match("escape", reading)).toMatchObject({ id: "close" });
  leave();
  expect(registry.match("escape", reading)).toMatchObject({ id: "clear" });
});

test("nothing answers behind a dialog", () => {
  const registry = createShortcutRegistry();
  registry.add(layer("global", [shortcut("new", "n")]));
  registry.add(layer("dialog", [shortcut("save", "mod+enter")], true));
  expect(registry.match("n", reading)).toBeNull();
  expect(registry.match("mod+enter", reading)).toMatchObject({ id: "save" });
  expect(registry.active().map(({ id }) => id)).toEqual(["save"]);
});

test("letters are left alone while somebody types, keys with a modifier are not", () => {
  const registry = createShortcutRegistry();
  registry.add(
    layer("global", [
      shortcut("new", "n"),
      shortcut("palette", "mod+k"),
      shortcut("out", "escape", { whileTyping: true }),
    ]),
  );
  const typing = { typing: true, nowMs: 0 };
  expect(registry.match("n", typing)).toBeNull();
  expect(registry.match("mod+k", typing)).toMatchObject({ id: "palette" });
  expect(registry.match("escape", typing)).toMatchObject({ id: "out" });
});

test.each(["mod+z", "mod+shift+z"])(
  "%s takes back letters while somebody types, and nothing else",
  (chord) => {
    const registry = createShortcutRegistry();
    registry.add(layer("global", [shortcut("undo", chord)]));
    expect(registry.match(chord, { typing: true, nowMs: 0 })).toBeNull();
    expect(registry.match(chord, reading)).toMatchObject({ id: "undo" });
  },
);

test("a key with a modifier that says so leaves fields alone", () => {
  const registry = createShortcutRegistry();
  registry.add(layer("screen", [shortcut("end", "mod+enter", { whileTyping: false })]));
  expect(registry.match("mod+enter", { typing: true, nowMs: 0 })).toBeNull();
  expect(registry.match("mod+enter", reading)).toMatchObject({ id: "end" });
});

test("a key that is held acts once, unless it goes through a list", () => {
  const registry = createShortcutRegistry();
  registry.add(layer("screen", [shortcut("mute", "m"), shortcut("next", "j", { repeats: true })]));
  const held = { ...reading, held: true };
  expect(registry.match("m", reading)).toMatchObject({ id: "mute" });
  expect(registry.match("m", held)).toBe("waiting");
  expect(registry.match("j", held)).toMatchObject({ id: "next" });
});

describe("sequences", () => {
  const registry = createShortcutRegistry();
  registry.add(layer("global", [shortcut("busy", "g b"), shortcut("board", "b")]));

  test("the second key completes the first", () => {
    expect(registry.match("g", reading)).toBe("waiting");
    expect(registry.match("b", { typing: false, nowMs: 900 })).toMatchObject({ id: "busy" });
  });

  test("too late, it stands for itself", () => {
    registry.match("g", reading);
    expect(registry.match("b", { typing: false, nowMs: 5_000 })).toMatchObject({ id: "board" });
  });

  test("a key that completes nothing stands for itself at once", () => {
    registry.match("g", reading);
    expect(registry.match("x", { typing: false, nowMs: 10 })).toBeNull();
    expect(registry.match("b", { typing: false, nowMs: 20 })).toMatchObject({ id: "board" });
  });
});

test("further keys do the same", () => {
  const registry = createShortcutRegistry();
  registry.add(layer("screen", [shortcut("next", "j", { also: ["arrowdown"] })]));
  expect(registry.match("arrowdown", reading)).toMatchObject({ id: "next" });
});

test.each([
  [{ key: "K", ctrlKey: true }, "mod+k"],
  [{ key: "k", metaKey: true }, "mod+k"],
  [{ key: "N", shiftKey: true }, "shift+n"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "Enter", ctrlKey: true, shiftKey: true }, "mod+shift+enter"],
  [{ key: " " }, "space"],
])("%j is %s", (press, chord) => {
  expect(chordOf({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...press })).toBe(chord);
});

test.each([
  ["Ctrl+Enter", { ctrlKey: true }, { saved: true, taken: true }],
  ["Ctrl+Enter that is held", { ctrlKey: true, repeat: true }, { saved: false, taken: true }],
  ["Ctrl+Shift+Enter, which ends a call while one types", { ctrlKey: true, shiftKey: true }, { saved: false, taken: false }], // prettier-ignore
  ["Enter", {}, { saved: false, taken: false }],
])("a field with a chord of its own, at %s", (_, press, expected) => {
  const seen = { saved: false, taken: false };
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
  const preventDefault = () => void (seen.taken = true);
  onSaveChord({ key: "Enter", ...none, ...press, preventDefault }, () => (seen.saved = true));
  expect(seen).toEqual(expected);
});
