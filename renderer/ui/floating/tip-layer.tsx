import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { keyLabels } from "../keys/key-labels.ts";
import styles from "./floating.module.css";

const openDelayMs = 400;
const gapPx = 6;
/** From the window's edges. */
const marginPx = 8;

/** Shows the tip of whatever control the pointer rests on; gone once that is pressed, left or scrolled away. */
export function TipLayer() {
  const control = useRestedOn();
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (control && tip.current) placeBeside(tip.current, control.getBoundingClientRect());
  }, [control]);
  if (!control) return null;
  const { tip: label, tipKeys } = control.dataset;
  return createPortal(
    <div ref={tip} role="tooltip" className={styles["tip"]}>
      {label}
      {tipKeys && <span>{keyLabels(tipKeys).join(" ")}</span>}
    </div>,
    document.body,
  );
}

function useRestedOn(): HTMLElement | null {
  const [control, setControl] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let under: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setControl(null);
    };
    const point = ({ target }: PointerEvent) => {
      const next = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
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
  }, []);
  return control;
}

/** Above the control, below it where there is no room, and always inside the window. */
function placeBeside(tip: HTMLElement, control: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const above = control.top - gapPx - height;
  const top = above >= marginPx ? above : control.bottom + gapPx;
  const left = control.left + (control.width - width) / 2;
  tip.style.top = `${top}px`;
  tip.style.left = `${Math.max(marginPx, Math.min(left, innerWidth - width - marginPx))}px`;
}
