import { filterChoices } from "../../ui/fields/choices.ts";
import type { Shortcut } from "../../ui/keys/shortcut-registry.ts";

/** What the keys of a screen do, as commands to be found by name. */
export interface Command {
  id: string;
  label: string;
  keys: string;
  group: string;
  run: () => void;
}

/** Groups whose shortcuts make no sense as commands: they move or close what one sees. */
const notCommands: ReadonlySet<string> = new Set(["This person", "Dialog", "Sync"]);
const notOffered: ReadonlySet<string> = new Set(["palette", "search", "filter", "undo", "clear-selection"]);

export function commandsOf(shortcuts: readonly Shortcut[]): Command[] {
  const seen = new Set<string>();
  return shortcuts.flatMap((shortcut) => {
    const { id, keys, title, group, run } = shortcut;
    if (notCommands.has(group) || notOffered.has(id) || seen.has(id)) return [];
    seen.add(id);
    return [{ id, label: title, keys, group, run: () => run(new KeyboardEvent("keydown")) }];
  });
}

export interface Typed {
  /** Without the `>`. */
  text: string;
  commandsOnly: boolean;
}

export function readTyped(typed: string): Typed {
  const commandsOnly = typed.trimStart().startsWith(">");
  return { text: (commandsOnly ? typed.trimStart().slice(1) : typed).trim(), commandsOnly };
}

/** Most people come for a lead: two commands stand for all of them until somebody types one. */
const shownFirst = ["presence-busy", "import"];

/** Commands that fit what was typed; the usual ones where none does. */
export function commandsFor(commands: readonly Command[], { text, commandsOnly }: Typed): readonly Command[] {
  const fitting = filterChoices(commands, text);
  if (commandsOnly) return fitting;
  if (text !== "" && fitting.length > 0) return fitting.slice(0, 6);
  return commands.filter(({ id }) => shownFirst.includes(id));
}

/** A text in pieces, those that a search matched marked. Spans may overlap and come in any order. */
export function markedParts(
  text: string,
  spans: readonly (readonly [number, number])[],
): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (end <= at) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(Math.max(start, at), end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** The next index within `count`, round the ends. */
export function stepWithin(index: number, step: number, count: number): number {
  return count === 0 ? 0 : (index + step + count) % count;
}
