import { classNames } from "../../ui/class-names.ts";
import type { ConnectionWords } from "./sync-words.ts";
import styles from "./sync.module.css";

/** Green for connected alone; working is half, off is hollow. The words stand beside it. */
export function StateDot({ shape }: { shape: ConnectionWords["shape"] }) {
  return <span aria-hidden className={classNames(styles["dot"], styles[`dot-${shape}`])} />;
}
