import { createContext, useContext, useLayoutEffect, useState, type ReactNode } from "react";
import { createChordGuard } from "./call-chord.ts";
import type { PhoneView } from "./phone-view.ts";

const GuardContext = createContext(createChordGuard());

/** Stands around whatever ends calls and finishes wrap-ups by the chord that also answers. */
export function CallChordGuard({ view, children }: { view: PhoneView; children: ReactNode }) {
  const [guard] = useState(createChordGuard);
  useLayoutEffect(() => guard.see(view, performance.now()));
  return <GuardContext value={guard}>{children}</GuardContext>;
}

/** What the chord does, if it is pressed for that. */
export function useIfMeant(): (run: () => void) => () => void {
  const guard = useContext(GuardContext);
  return (run) => () => {
    if (guard.isMeant(performance.now())) run();
  };
}
