import { useEffect, useState } from "react";

const openDelayMs = 400;
const gapPx = 6;
/** From the window's edges. */
const marginPx = 8;

/** The element of a kind on which the pointer rests, until it is pressed, left or scrolled away; null = none. */
export function useRestedOn(selector: string): HTMLElement | null {
  const [control, setControl] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let under: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setControl(null);
    };
    const point = ({ target }: PointerEvent) => {
      const next = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
      if (next === under) return;
      under = next;
      hide();
      if (next) timer = setTimeout(() => next.isConnected && setControl(next), openDelayMs);
    };
    const quiet = { passive: true, capture: true };
    document.addEventListener("pointerover", point, quiet);
    for (const event of ["pointerdown", "wheel", "keydown"]) document.addEventListener(event, hide, quiet);
    return () => {
      hide();
      document.removeEventListener("pointerover", point, quiet);
      for (const event of ["pointerdown", "wheel", "keydown"])
        document.removeEventListener(event, hide, quiet);
    };
  }, [selector]);
  return control;
}

/** Above the control, below it where there is no room, and always inside the window. */
export function placeBeside(tip: HTMLElement, control: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const above = control.top - gapPx - height;
  const top = above >= marginPx ? above : control.bottom + gapPx;
  const left = control.left + (control.width - width) / 2;
  tip.style.top = `${top}px`;
  tip.style.left = `${Math.max(marginPx, Math.min(left, innerWidth - width - marginPx))}px`;
}
