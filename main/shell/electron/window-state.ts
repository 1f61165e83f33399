import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Theme } from "../shell.ts";

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
export type Bounds = z.infer<typeof Bounds>;
const Corner = Bounds.pick({ x: true, y: true });
type Corner = z.infer<typeof Corner>;
const State = z.object({
  bounds: Bounds.nullable(),
  overlay: Corner.nullable().default(null),
  maximized: z.boolean(),
  theme: z.enum(["system", "light", "dark"]),
});
type State = z.infer<typeof State>;

export interface WindowState {
  theme(): Theme;
  setTheme(theme: Theme): void;
  /** Where the desk stood last, as far as it can be reached on these displays. */
  place(displays: Bounds[]): { bounds: Bounds | null; maximized: boolean };
  remember(bounds: Bounds, maximized: boolean): void;
  /** Where a person has put the overlay, as far as one of this size can be reached there. */
  overlayPlace(size: Pick<Bounds, "width" | "height">, displays: Bounds[]): Corner | null;
  rememberOverlay(corner: Corner): void;
  /** Writes what is not written yet. */
  flush(): void;
}

const fresh: State = { bounds: null, overlay: null, maximized: false, theme: "system" };

/** Where windows stood and which colours they had, kept in a file. Losing it costs nothing but a drag. */
export function openWindowState(file: string): WindowState {
  let state = readState(file);
  let changed = false;
  const change = (part: Partial<State>) => {
    state = { ...state, ...part };
    changed = true;
  };
  return {
    theme: () => state.theme,
    setTheme: (theme) => change({ theme }),
    place: (displays) => ({ bounds: keepReachable(state.bounds, displays), maximized: state.maximized }),
    remember: (bounds, maximized) => change(maximized ? { maximized } : { bounds, maximized }),
    overlayPlace: (size, displays) =>
      keepReachable(state.overlay && { ...state.overlay, ...size }, displays) && state.overlay,
    rememberOverlay: ({ x, y }) => change({ overlay: { x, y } }),
    flush() {
      if (!changed) return;
      changed = false;
      writeState(file, state);
    },
  };
}

/** How much of a title bar must be on some display for a person to get hold of the window, in pixels. */
const reachWidth = 120;
const reachHeight = 24;

/** Null when a window at these bounds could not be dragged back: its display is gone. */
export function keepReachable(bounds: Bounds | null, displays: Bounds[]): Bounds | null {
  if (bounds === null) return null;
  const isReachable = displays.some((display) => {
    const across = overlap(bounds.x, bounds.width, display.x, display.width);
    const topIsOn = bounds.y >= display.y && bounds.y + reachHeight <= display.y + display.height;
    return across >= reachWidth && topIsOn;
  });
  return isReachable ? bounds : null;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function readState(file: string): State {
  try {
    return State.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return fresh;
  }
}

/** A full disk or a read-only folder is no reason to keep a window from closing. */
function writeState(file: string, state: State): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // The windows stand where they stood at the last start.
  }
}
