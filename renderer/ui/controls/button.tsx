import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconType } from "../display/icon.tsx";
import { Kbd, KeyHint } from "../display/kbd.tsx";
import { Tooltip } from "../floating/tooltip.tsx";
import { spokenKeys } from "../keys/key-labels.ts";
import styles from "./button.module.css";

export type ButtonKind = "normal" | "primary" | "quiet" | "danger" | "link";
/** 24, 28 and, for the one primary of a footer, 32 px. */
export type ButtonSize = "small" | "normal" | "large";

interface Look {
  kind?: ButtonKind;
  size?: ButtonSize;
}

export interface ButtonProps extends ComponentProps<"button">, Look {
  icon?: IconType | undefined;
  /** Shown beside the text; it is the registry that makes them work. */
  keys?: string | undefined;
  children: ReactNode;
}

/** At most one `primary` on a screen. */
export function Button({ kind = "normal", size = "normal", icon, keys, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={spokenKeys(keys)}
      {...rest}
      className={lookOf({ kind, size }, rest.className)}
    >
      {icon && <Icon of={icon} size={size === "small" ? 14 : 16} />}
      {children}
      {keys &&
        (kind === "primary" || kind === "danger" ? (
          <span aria-hidden>
            <Kbd keys={keys} onAccent />
          </span>
        ) : (
          <KeyHint keys={keys} />
        ))}
    </button>
  );
}

/** Cannot be pressed, and says why before anybody tries: it can be reached by the keyboard, so that this is read out. */
export function BarredButton({ why, ...rest }: Omit<ButtonProps, "onClick"> & { why: string }) {
  return (
    <Tooltip label={why}>
      <Button {...rest} aria-disabled aria-description={why} />
    </Tooltip>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children">, Look {
  icon: IconType;
  /** Read out, and shown as the tip. */
  label: string;
  keys?: string | undefined;
}

export function IconButton({ kind = "quiet", size = "normal", icon, label, keys, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={spokenKeys(keys)}
        {...rest}
        className={classNames(lookOf({ kind, size }, rest.className), styles["square"])}
      >
        <Icon of={icon} size={size === "small" ? 14 : 16} />
      </button>
    </Tooltip>
  );
}

function lookOf({ kind = "normal", size = "normal" }: Look, className: string | undefined): string {
  return classNames(styles["button"], styles[kind], size !== "normal" && styles[size], className);
}
