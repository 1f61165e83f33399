import { cloneElement, type ReactElement } from "react";

interface TipProps {
  "data-tip"?: string;
  "data-tip-keys"?: string | undefined;
}

/**
 * What a control does and the key that does it. It only marks the control: one layer for the whole page shows the tip,
 * so that a screen of fifty buttons places nothing until the pointer rests on one. The child must take these attributes.
 */
export function Tooltip({
  label,
  keys,
  children,
}: {
  label: string;
  keys?: string | undefined;
  children: ReactElement<TipProps>;
}) {
  return cloneElement(children, { "data-tip": label, "data-tip-keys": keys });
}
