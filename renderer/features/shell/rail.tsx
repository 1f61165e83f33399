import { Link } from "@tanstack/react-router";
import { Keyboard, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Icon, type IconType } from "../../ui/display/icon.tsx";
import { Tooltip } from "../../ui/floating/tooltip.tsx";
import { openKeys } from "./desk-state.ts";
import { Logo } from "./logo.tsx";
import styles from "./rail.module.css";

export interface Place {
  to: string;
  label: string;
  icon: IconType;
  keys: string;
  /** What waits there; nothing is shown for 0. */
  badge?: number;
  /** What that is, after its number. */
  badgeWord?: string;
}

/** Where one can go, at the left edge of every screen. `me` stands at the foot. */
export function Rail({ places, me }: { places: readonly Place[]; me: ReactNode }) {
  return (
    <nav className={styles["rail"]} aria-label="Places">
      <span className={styles["logo"]}>
        <Logo />
      </span>
      <div className={styles["places"]}>
        {places.map((place) => (
          <RailLink key={place.to} {...place} />
        ))}
      </div>
      <Tooltip label="All keys" keys="?">
        <button
          type="button"
          className={styles["item"]}
          aria-label="All keys"
          aria-keyshortcuts="?"
          onClick={openKeys}
        >
          <Icon of={Keyboard} size={18} />
        </button>
      </Tooltip>
      <RailLink to="/settings" label="Settings" icon={Settings} keys="g ," />
      <span className={styles["me"]}>{me}</span>
    </nav>
  );
}

function RailLink({ to, label, icon, keys, badge = 0, badgeWord = "due" }: Place) {
  return (
    <Tooltip label={label} keys={keys}>
      <Link
        to={to}
        className={styles["item"]}
        aria-label={badge > 0 ? `${label}, ${badge} ${badgeWord}` : label}
      >
        <Icon of={icon} size={18} />
        {badge > 0 && <span className={styles["badge"]}>{badge > 99 ? "99+" : badge}</span>}
      </Link>
    </Tooltip>
  );
}
