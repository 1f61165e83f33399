import { classNames } from "../../ui/class-names.ts";
import type { Presence } from "./presence-words.ts";
import styles from "./presence.module.css";

/** Shape and words say it; only available is green. */
export function PresenceDot({ presence }: { presence: Presence }) {
  return <span aria-hidden className={classNames(styles["dot"], styles[`dot-${presence}`])} />;
}
