import { create, type StateCreator, type StoreApi, type UseBoundStore } from "zustand";

const forgetEach: (() => void)[] = [];
const restoreEach: ((person: string) => void)[] = [];
let shownTo: string | null = null;

/**
 * State of a window's screens: what somebody searched, marked or half wrote. It stays whatever they do meanwhile, also
 * while the desk behind the window starts anew, and is not for whoever sits down next.
 */
export function createScreenState<State>(start: StateCreator<State>): UseBoundStore<StoreApi<State>> {
  const use = create<State>()(start);
  forgetEach.push(() => use.setState(use.getInitialState(), true));
  return use;
}

/**
 * The same, and it survives a reload of the window: kept beside it (in the window's session storage) for the person
 * who is shown it, and for nobody else.
 * @param name of its place there
 */
export function createKeptScreenState<State>(
  name: string,
  start: StateCreator<State>,
): UseBoundStore<StoreApi<State>> {
  const use = createScreenState<State>(start);
  const place = `ringside.${name}`;
  restoreEach.push((person) => {
    const kept = readKept(place);
    if (kept?.person === person) use.setState(kept.state as State);
  });
  use.subscribe((state) => {
    if (shownTo) keepBeside(place, JSON.stringify({ person: shownTo, state }));
  });
  return use;
}

function readKept(place: string): { person: unknown; state: unknown } | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "null") as ReturnType<typeof readKept>;
  } catch {
    return null;
  }
}

function keepBeside(place: string, text: string): void {
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // No room, or none allowed: it stays on the screen.
  }
}

/** Forgets all of it where it is somebody else's. @param person the same text for the same person only; "" = nobody */
export function showScreensTo(person: string): void {
  const isFirst = shownTo === null;
  if (!isFirst && shownTo !== person) for (const forget of forgetEach) forget();
  shownTo = person;
  if (isFirst) for (const restore of restoreEach) restore(person);
}
