import { Popover as MantinePopover } from "@mantine/core";
import type { FloatingPosition } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { useCardOnEscape } from "./close-on-escape.ts";
import styles from "./floating.module.css";

export interface PopoverProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** What it hangs from: an element that takes a ref. */
  target: ReactElement;
  children: ReactNode;
  position?: FloatingPosition;
  className?: string | undefined;
  /** Read out as its name. Given where the target is no button: the caller then says on its own that something opens. */
  label?: string;
}

/** A card that hangs from a control: takes the focus, gives it back, closes on Escape and on a click elsewhere. */
export function Popover({
  opened,
  onChange,
  target,
  children,
  position = "bottom-start",
  className,
  label,
}: PopoverProps) {
  useCardOnEscape(opened, () => onChange(false));
  return (
    <MantinePopover
      opened={opened}
      onChange={onChange}
      closeOnEscape={false}
      position={position}
      offset={4}
      trapFocus
      returnFocus
      transitionProps={{ duration: 120 }}
      zIndex={300}
      withRoles={label === undefined}
    >
      <MantinePopover.Target>{target}</MantinePopover.Target>
      <MantinePopover.Dropdown
        className={classNames(styles["card"], className)}
        data-own-keys
        {...(label ? { role: "dialog", "aria-label": label } : {})}
      >
        {children}
      </MantinePopover.Dropdown>
    </MantinePopover>
  );
}
