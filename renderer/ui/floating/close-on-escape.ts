import { useEffect, useRef } from "react";

type KeyPressed = Pick<KeyboardEvent, "key" | "isComposing" | "stopPropagation">;
type Close = (event: KeyPressed) => void;

/** What is open, the newest on top. */
export function createEscapes() {
  const opened: { close: Close }[] = [];
  return {
    /** Until the returned function is called. */
    open(close: Close): () => void {
      const one = { close };
      opened.push(one);
      return () => {
        const at = opened.indexOf(one);
        if (at >= 0) opened.splice(at, 1);
      };
    },
    press(event: KeyPressed): void {
      if (event.key === "Escape" && !event.isComposing) opened.at(-1)?.close(event);
    },
  };
}

const escapes = createEscapes();
let isHeard = false;

/**
 * Closes by Escape what was opened last, and nothing behind it: a calendar, and not the drawer below. Mantine's dialogs
 * and cards each listen for themselves, and would all close at once: they are told not to.
 */
export function useCloseOnEscape(opened: boolean, onClose: Close): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    if (!opened) return;
    // Before anything in the page hears of it, as long as the page lives.
    if (!isHeard) window.addEventListener("keydown", escapes.press, { capture: true });
    isHeard = true;
    return escapes.open((event) => latest.current(event));
  }, [opened]);
}

/** The same for a card that hangs from a control, to which the focus goes back at once: the next key is for the screen. */
export function useCardOnEscape(opened: boolean, onClose: () => void): void {
  const before = useRef<Element | null>(null);
  useEffect(() => {
    // Mantine moves the focus into the card a tick later.
    if (opened) before.current = document.activeElement;
  }, [opened]);
  useCloseOnEscape(opened, () => {
    onClose();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  });
}
