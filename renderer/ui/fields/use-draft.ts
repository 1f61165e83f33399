import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { useCloseOnEscape } from "../floating/close-on-escape.ts";

/**
 * What somebody types into a field until it is saved; null = nothing. Escape takes that back and does nothing else: the
 * next one closes what the field stands in.
 * @param onGone gets it where the field goes away without being left: a colleague is done with the task, one goes back,
 * the window closes
 */
export function useDraft<Draft>(
  onGone: (draft: Draft) => void,
  onTakenBack?: () => void,
): [Draft | null, (draft: Draft | null) => void] {
  const [draft, setDraft] = useState<Draft | null>(null);
  // Apart from the state: what is saved as the field goes is not saved again before it is drawn anew.
  const held = useRef<Draft | null>(null);
  const hold = useCallback((next: Draft | null) => {
    held.current = next;
    setDraft(() => next);
  }, []);
  const latest = useRef(onGone);
  useLayoutEffect(() => {
    latest.current = onGone;
  });
  useLayoutEffect(() => {
    const leave = () => {
      const left = held.current;
      hold(null);
      if (left !== null) latest.current(left);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [hold]);
  useCloseOnEscape(draft !== null, (event) => {
    // What the field stands in may listen for itself.
    event.stopPropagation();
    hold(null);
    onTakenBack?.();
  });
  return [draft, hold];
}
