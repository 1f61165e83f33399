import type { ReactNode } from "react";
import shared from "./insights.module.css";

/** What a line of a table is of, and opens what stands behind it. */
export function RowLink({
  pressed,
  cut = false,
  onClick,
  children,
}: {
  /** Undefined: it opens something else each time. */
  pressed?: boolean;
  /** On one line. */
  cut?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={shared["row-link"]} aria-pressed={pressed} onClick={onClick}>
      <bdi className={cut ? "cut" : undefined}>{children}</bdi>
    </button>
  );
}
