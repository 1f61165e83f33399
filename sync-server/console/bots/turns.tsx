import { classNames } from "../../../renderer/ui/class-names.ts";
import styles from "./bots.module.css";

export type ShownTurn = { seq: number; by: "visitor" | "bot" | "person"; name: string; text: string };

/** What was said, the visitor at the left. */
export function Turns({ turns }: { turns: readonly ShownTurn[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <div className={styles["turns"]} role="log" aria-label="What was said" tabIndex={0}>
      {turns.map(({ seq, by, name, text }) => (
        <article key={seq} className={classNames(styles["turn"], by !== "visitor" && styles["ours"])}>
          <span>{name}</span>
          <p dir="auto">{text}</p>
        </article>
      ))}
    </div>
  );
}
