import { create, type StateCreator, type StoreApi, type UseBoundStore } from "zustand";

const forgetEach: (() => void)[] = [];
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

/** Forgets all of it where it is somebody else's. @param person the same text for the same person only; "" = nobody */
export function showScreensTo(person: string): void {
  if (shownTo !== null && shownTo !== person) for (const forget of forgetEach) forget();
  shownTo = person;
}
