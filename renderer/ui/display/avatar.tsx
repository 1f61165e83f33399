import { classNames } from "../class-names.ts";
import { initialsOf } from "../format/initials.ts";
import styles from "./avatar.module.css";

/** Initials in a circle; tinted for whoever is looking. The name stands beside it or in a label. */
export function Avatar({
  name,
  me = false,
  size = "normal",
}: {
  name: string;
  me?: boolean;
  size?: "normal" | "large";
}) {
  return (
    <span
      aria-hidden
      className={classNames(styles["avatar"], me && styles["me"], size === "large" && styles["large"])}
    >
      {initialsOf(name)}
    </span>
  );
}
