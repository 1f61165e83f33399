/**
 * Every key of the program is declared here while its screen is open, so that nothing fires behind a dialog, no key
 * means two things at once, and the sheet of all keys cannot be out of date.
 */
export interface Shortcut {
  id: string;
  /** `k`, `mod+k`, `shift+n`, `?`, or a sequence `g b`; empty: found in the palette alone. */
  keys: string;
  /** Further keys that do the same: `arrowdown` beside `j`. */
  also?: readonly string[];
  title: string;
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Whether it works while the caret is in a field too; unless said, keys with a modifier do, those of Undo aside. */
  whileTyping?: boolean;
  /** Again and again for as long as the key is held. */
  repeats?: boolean;
}

/** From the ground up: what lies above answers first. A barrier lets nothing below it answer. */
export type ShortcutScope = "global" | "screen" | "panel" | "dialog";

const heights: Record<ShortcutScope, number> = { global: 0, screen: 1, panel: 2, dialog: 3 };
/** How long after `g` a `b` still counts as `g b`. */
const sequenceMs = 1_200;

interface Layer {
  scope: ShortcutScope;
  shortcuts: () => readonly Shortcut[];
  barrier: boolean;
}

type Circumstances = { typing: boolean; nowMs: number; held?: boolean };

export interface ShortcutRegistry {
  /** The returned function takes the layer away again. */
  add(layer: Layer): () => void;
  /**
   * What answers to a key now; `waiting`: the key is taken, and nothing is to be done yet, or not again.
   * @param options `typing`: the caret is in a field; `held`: the key was pressed before and not let go of
   */
  match(chord: string, options: Circumstances): Shortcut | "waiting" | null;
  active(): Shortcut[];
  subscribe(listener: () => void): () => void;
}

export function createShortcutRegistry(): ShortcutRegistry {
  const layers: Layer[] = [];
  const listeners = new Set<() => void>();
  let pending: { prefix: string; untilMs: number } | null = null;
  const changed = () => listeners.forEach((listener) => listener());

  return {
    add(layer) {
      layers.push(layer);
      changed();
      return () => {
        layers.splice(layers.indexOf(layer), 1);
        changed();
      };
    },
    match(chord, { typing, nowMs, held = false }) {
      const prefix = pending && nowMs < pending.untilMs ? `${pending.prefix} ` : "";
      pending = null;
      const candidates = reachable(layers).filter((shortcut) => !typing || worksWhileTyping(shortcut, chord));
      const found = find(candidates, prefix + chord) ?? find(candidates, chord);
      if (found) return held && !found.repeats ? "waiting" : found;
      if (!beginsSequence(candidates, chord)) return null;
      pending = { prefix: chord, untilMs: nowMs + sequenceMs };
      return "waiting";
    },
    active: () => reachable(layers),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Shortcuts of all layers down to the first barrier, topmost first; the latest of equal height first. */
function reachable(layers: readonly Layer[]): Shortcut[] {
  const fromTop = layers.toReversed().toSorted((a, b) => heights[b.scope] - heights[a.scope]);
  const barrier = fromTop.findIndex((layer) => layer.barrier);
  const open = barrier < 0 ? fromTop : fromTop.slice(0, barrier + 1);
  return open.flatMap((layer) => layer.shortcuts());
}

/** A field takes back its own letters by them. */
const undoChords: ReadonlySet<string> = new Set(["mod+z", "mod+shift+z"]);

function worksWhileTyping(shortcut: Shortcut, chord: string): boolean {
  return shortcut.whileTyping ?? (/^(?:mod|alt)\+/u.test(chord) && !undoChords.has(chord));
}

function find(candidates: readonly Shortcut[], keys: string): Shortcut | undefined {
  return candidates.find((shortcut) => shortcut.keys === keys || shortcut.also?.includes(keys));
}

function beginsSequence(candidates: readonly Shortcut[], chord: string): boolean {
  return candidates.some((shortcut) => shortcut.keys.startsWith(`${chord} `));
}

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What was pressed, as the registry writes it. Shift is told only where the character does not say it already. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const name = key === " " ? "space" : key.toLowerCase();
  const shiftCounts = shiftKey && (name.length > 1 || name !== name.toUpperCase());
  const parts = [(ctrlKey || metaKey) && "mod", altKey && "alt", shiftCounts && "shift", name];
  return parts.filter(Boolean).join("+");
}
