import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { keyLabels } from "../keys/key-labels.ts";
import { placeBeside, useRestedOn } from "./rested-on.ts";
import styles from "./floating.module.css";

/** Shows the tip of whatever control the pointer rests on; gone once that is pressed, left or scrolled away. */
export function TipLayer() {
  const control = useRestedOn("[data-tip]");
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
