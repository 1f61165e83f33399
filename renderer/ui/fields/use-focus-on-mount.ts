import { useEffect, useRef, type RefObject } from "react";

/** For the field that a person came for: it takes the focus when it appears, and its text is selected. */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    element.current?.focus();
    if (element.current instanceof HTMLInputElement) element.current.select();
  }, []);
  return element;
}
