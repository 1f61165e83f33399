import { classNames } from "../class-names.ts";
import { keyLabels } from "../keys/key-labels.ts";
import styles from "./kbd.module.css";

/** Boxed keys: an instruction ("press this"). `keys` as in the registry: `mod+k`, `g b`. */
export function Kbd({ keys, onAccent = false }: { keys: string; onAccent?: boolean }) {
  return (
    <span className={styles["group"]}>
      {keyLabels(keys).map((label) => (
        <kbd key={label} className={classNames(styles["boxed"], onAccent && styles["on-accent"])}>
          {label}
        </kbd>
      ))}
    </span>
  );
}

/** Plain keys beside an action: a hint for the eye. The action itself says them as `aria-keyshortcuts`. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden className={styles["plain"]}>
      {keyLabels(keys).join(" ")}
    </span>
  );
}
