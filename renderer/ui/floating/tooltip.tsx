import { Tooltip as MantineTooltip } from "@mantine/core";
import { cloneElement, useState, type PointerEventHandler, type ReactElement } from "react";
import { keyLabels } from "../keys/key-labels.ts";
import styles from "./floating.module.css";

const openDelayMs = 400;

/** What a control does and the key that does it: gone once it is pressed. The child must take a ref and these handlers. */
export function Tooltip({
  label,
  keys,
  children,
}: {
  label: string;
  keys?: string | undefined;
  children: ReactElement<PressProps>;
}) {
  const [pressed, setPressed] = useState(false);
  const { onPointerDown, onPointerLeave } = children.props;
  return (
    <MantineTooltip
      disabled={pressed}
      label={<TipText label={label} keys={keys} />}
      openDelay={openDelayMs}
      events={{ hover: true, focus: false, touch: false }}
      transitionProps={{ duration: 80 }}
      zIndex={400}
      classNames={{ tooltip: styles["tip"] ?? "" }}
    >
      {cloneElement(children, {
        onPointerDown: (event) => (setPressed(true), onPointerDown?.(event)),
        onPointerLeave: (event) => (setPressed(false), onPointerLeave?.(event)),
      })}
    </MantineTooltip>
  );
}

interface PressProps {
  onPointerDown?: PointerEventHandler;
  onPointerLeave?: PointerEventHandler;
}

function TipText({ label, keys }: { label: string; keys: string | undefined }) {
  return (
    <>
      {label}
      {keys && <span>{keyLabels(keys).join(" ")}</span>}
    </>
  );
}
