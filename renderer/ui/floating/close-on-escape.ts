import { useEffect, useRef } from "react";

type Close = () => void;
type KeyPressed = Pick<KeyboardEvent, "key" | "isComposing" | "target">;

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
      if (event.key === "Escape" && !event.isComposing && !isForWidget(event.target)) opened.at(-1)?.close();
    },
  };
}

/** Mantine's own sign on a field whose list is open: Escape closes the list. */
function isForWidget(target: EventTarget | null): boolean {
  return (target as Element | null)?.getAttribute?.("data-mantine-stop-propagation") === "true";
}

const escapes = createEscapes();
let isHeard = false;

/**
 * Closes by Escape what was opened last, and nothing behind it. Mantine's dialogs each listen for themselves, and would
 * all close at once: they are told not to.
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
    return escapes.open(() => latest.current());
  }, [opened]);
}
