import { useEffect, useRef, type KeyboardEvent, type ReactNode, type MouseEvent } from "react";
import { Icon, type IconType } from "../display/icon.tsx";
import { formatCount } from "../format/numbers.ts";
import styles from "./tabs.module.css";

export interface Tab<K extends string> {
  key: K;
  label: string;
  /** Undefined: not counted yet; its place is not kept, so that names do not jump by digits. */
  count?: number | undefined;
  icon?: IconType | undefined;
  /** After the name: a dot for unsaved changes. */
  mark?: ReactNode;
}

export interface TabsProps<K extends string> {
  label: string;
  tabs: readonly Tab<K>[];
  value: K;
  onChange: (key: K) => void;
  onContextMenu?: ((key: K, event: MouseEvent) => void) | undefined;
}

/** Across the top of a screen: its tabs, and what else says what it shows. */
export function TabBar({ children }: { children: ReactNode }) {
  return <div className={styles["bar"]}>{children}</div>;
}

/** Views of one thing, by name and count. Arrow keys move between them. */
export function Tabs<K extends string>({ label, tabs, value, onChange, onContextMenu }: TabsProps<K>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // With the frame, which lays the page out anyway: at once it is laid out twice.
    const frame = requestAnimationFrame(() =>
      list.current
        ?.querySelector(`[data-key="${CSS.escape(value)}"]`)
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [value]);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.key === value);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    event.currentTarget.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      tabIndex={-1}
      aria-label={label}
      className={styles["tabs"]}
      onKeyDown={move}
    >
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          data-key={tab.key}
          aria-selected={tab.key === value}
          tabIndex={tab.key === value ? 0 : -1}
          className={styles["tab"]}
          onClick={() => onChange(tab.key)}
          onContextMenu={onContextMenu && ((event) => onContextMenu(tab.key, event))}
        >
          {tab.icon && <Icon of={tab.icon} />}
          {tab.label}
          {tab.count !== undefined && <span className={styles["count"]}>{formatCount(tab.count)}</span>}
          {tab.mark}
        </button>
      ))}
    </div>
  );
}
