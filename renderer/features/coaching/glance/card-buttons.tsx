import { ThumbsDown, ThumbsUp, X } from "lucide-react";
import type { LiveCard } from "../../../../shared/rpc/contract/coaching.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon, type IconType } from "../../../ui/display/icon.tsx";
import { spokenKeys } from "../../../ui/keys/key-labels.ts";
import type { CoachingActions } from "../model/use-coaching.ts";
import styles from "./glance.module.css";

type Keys = { useful: string; useless: string; dismiss: string };

/** Whether the card helped, and away with it. @param keys those that work in this window */
export function CardButtons({
  card,
  actions,
  keys,
}: {
  card: LiveCard;
  actions: CoachingActions;
  keys?: Keys;
}) {
  return (
    <div className={styles["buttons"]}>
      <CardButton
        icon={ThumbsUp}
        label="Useful"
        keys={keys?.useful}
        pressed={card.judged === true}
        onClick={() => actions.judge(true)}
      />
      <CardButton
        icon={ThumbsDown}
        label="Not useful"
        keys={keys?.useless}
        pressed={card.judged === false}
        onClick={() => actions.judge(false)}
      />
      <CardButton icon={X} label="Dismiss" keys={keys?.dismiss} onClick={actions.dismiss} />
    </div>
  );
}

function CardButton({
  icon,
  label,
  keys,
  pressed,
  onClick,
}: {
  icon: IconType;
  label: string;
  keys: string | undefined;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={classNames(styles["button"], pressed && styles["pressed"])}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={spokenKeys(keys)}
      title={label}
      onClick={onClick}
    >
      <Icon of={icon} size={14} />
    </button>
  );
}
