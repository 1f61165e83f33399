import { Tooltip as MantineTooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { keyLabels } from "../keys/key-labels.ts";
import styles from "./floating.module.css";

const openDelayMs = 400;

/** What a control does and the key that does it. The child must take a ref. */
export function Tooltip({
  label,
  keys,
  children,
}: {
  label: string;
  keys?: string | undefined;
  children: ReactElement;
}) {
  return (
    <MantineTooltip
      label={<TipText label={label} keys={keys} />}
      openDelay={openDelayMs}
      events={{ hover: true, focus: false, touch: false }}
      transitionProps={{ duration: 80 }}
      zIndex={400}
      classNames={{ tooltip: styles["tip"] ?? "" }}
    >
      {children}
    </MantineTooltip>
  );
}

function TipText({ label, keys }: { label: string; keys: string | undefined }) {
  return (
    <>
      {label}
      {keys && <span>{keyLabels(keys).join(" ")}</span>}
    </>
  );
}
