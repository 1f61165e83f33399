import { Menu as MantineMenu } from "@mantine/core";
import type { FloatingPosition } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconType } from "../display/icon.tsx";
import { KeyHint } from "../display/kbd.tsx";
import { spokenKeys } from "../keys/key-labels.ts";
import { useCardOnEscape } from "./close-on-escape.ts";
import styles from "./floating.module.css";

const menuClasses = {
  dropdown: classNames(styles["card"], styles["menu"]),
  item: styles["item"] ?? "",
  itemLabel: styles["item-label"] ?? "",
  itemSection: styles["item-section"] ?? "",
  label: styles["label"] ?? "",
  divider: styles["divider"] ?? "",
};

/** `target` must take a ref; children are `MenuItem`, `MenuLabel` and `MenuDivider`. */
export function Menu({
  target,
  children,
  position = "bottom-start",
  opened,
  onChange,
  focusFirst = false,
}: {
  target: ReactElement;
  children: ReactNode;
  position?: FloatingPosition;
  opened?: boolean | undefined;
  onChange?: ((opened: boolean) => void) | undefined;
  /** Enter takes the first item at once: for menus whose first is the usual choice. */
  focusFirst?: boolean;
}) {
  const [isOpenByItself, setOpenByItself] = useState(false);
  const isOpen = opened ?? isOpenByItself;
  const change = (next: boolean) => {
    setOpenByItself(next);
    onChange?.(next);
  };
  useCardOnEscape(isOpen, () => change(false));
  return (
    <MantineMenu
      opened={isOpen}
      onChange={change}
      closeOnEscape={false}
      position={position}
      withInitialFocusPlaceholder={!focusFirst}
      offset={4}
      transitionProps={{ duration: 120 }}
      classNames={menuClasses}
      zIndex={300}
      loop
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown data-own-keys>{children}</MantineMenu.Dropdown>
    </MantineMenu>
  );
}

export interface MenuItemProps {
  children: ReactNode;
  onClick: () => void;
  icon?: IconType | undefined;
  /** A drawn thing instead of an icon: a stage ring, an avatar. */
  mark?: ReactNode;
  keys?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  /** A tick at the right: this one is chosen. */
  checked?: boolean | undefined;
}

export function MenuItem({ children, onClick, icon, mark, keys, danger, disabled, checked }: MenuItemProps) {
  return (
    <MantineMenu.Item
      onClick={onClick}
      disabled={disabled ?? false}
      aria-keyshortcuts={spokenKeys(keys)}
      className={classNames(danger && styles["danger"])}
      leftSection={icon ? <Icon of={icon} /> : mark}
      rightSection={<MenuItemEnd keys={keys} checked={checked} />}
    >
      {children}
    </MantineMenu.Item>
  );
}

function MenuItemEnd({ keys, checked }: { keys: string | undefined; checked: boolean | undefined }) {
  if (checked) return <span aria-label="chosen">✓</span>;
  return keys ? <KeyHint keys={keys} /> : null;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <MantineMenu.Label>{children}</MantineMenu.Label>;
}

export function MenuDivider() {
  return <MantineMenu.Divider />;
}
