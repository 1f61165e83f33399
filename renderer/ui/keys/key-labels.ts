export const isMac = typeof navigator !== "undefined" && /mac|iphone|ipad/iu.test(navigator.userAgent);

const names: Record<string, string> = {
  mod: isMac ? "⌘" : "Ctrl",
  shift: isMac ? "⇧" : "Shift",
  alt: isMac ? "⌥" : "Alt",
  enter: "⏎",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
  tab: "Tab",
  backspace: "⌫",
  delete: "Del",
};

/** What to print for keys as the registry writes them: `mod+k` is one label, `g b` two. */
export function keyLabels(keys: string): string[] {
  return keys.split(" ").map((chord) => chord.split("+").map(labelOf).join(" "));
}

function labelOf(key: string): string {
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

const spoken: Record<string, string> = {
  mod: isMac ? "Meta" : "Control",
  arrowup: "ArrowUp",
  arrowdown: "ArrowDown",
  arrowleft: "ArrowLeft",
  arrowright: "ArrowRight",
};

/** For `aria-keyshortcuts`, which has no words for a sequence: none for `g b`. */
export function spokenKeys(keys: string | undefined): string | undefined {
  if (keys === undefined || keys.includes(" ")) return undefined;
  return keys.split("+").map(spokenKey).join("+");
}

function spokenKey(key: string): string {
  return spoken[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
}
