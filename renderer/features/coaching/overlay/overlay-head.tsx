import { Bell, BellOff } from "lucide-react";
import { useRef, type PointerEvent } from "react";
import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { formatPhone } from "../../../ui/format/phones.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import styles from "./overlay.module.css";

/** Who, and for how long; by it the window is moved, which has no frame. */
export function OverlayHead({ call, onSnooze }: { call: LiveCoaching; onSnooze: () => void }) {
  const now = useNow(1_000);
  const snoozed = call.snoozedUntil !== null;
  const label = snoozed ? "Hints are off for a while. Turn them on" : "No hints for five minutes";
  return (
    <header className={styles["head"]} data-catches {...useGrip()}>
      <span className={styles["dot"]} aria-hidden />
      <h1 className={classNames(styles["who"], "cut")}>
        <bdi>{formatPhone(call.customer)}</bdi>
      </h1>
      <button
        type="button"
        className={styles["snooze"]}
        aria-pressed={snoozed}
        aria-label={label}
        title={label}
        onClick={onSnooze}
      >
        <Icon of={snoozed ? BellOff : Bell} size={14} />
      </button>
      <time>{formatDuration((now.getTime() - Date.parse(call.answeredAt)) / 1000)}</time>
    </header>
  );
}

/** Moves the window with the pointer. A region that Electron itself drags by would tell the page of no pointer above it. */
function useGrip() {
  const from = useRef<{ x: number; y: number } | null>(null);
  const letGo = () => (from.current = null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (!window.ringside || (event.target as Element).closest("button")) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.screenX, y: event.screenY };
    },
    onPointerMove({ screenX, screenY }: PointerEvent<HTMLElement>) {
      if (!from.current) return;
      window.moveBy(screenX - from.current.x, screenY - from.current.y);
      from.current = { x: screenX, y: screenY };
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
