import { Button } from "../../../renderer/ui/controls/button.tsx";
import { detailLines, type Entry } from "./audit-words.ts";
import { saySubject } from "./subject-words.ts";
import styles from "./audit.module.css";

/** What changed from what to what, and the way to everything else about the same thing. */
export function EntryDetails({
  entry,
  names,
  onFollow,
}: {
  entry: Entry;
  names: ReadonlyMap<string, string>;
  onFollow: () => void;
}) {
  const lines = detailLines(entry.details, names);
  return (
    <div className={styles["details"]}>
      {lines.length > 0 && (
        <dl className={styles["lines"]}>
          {lines.map(({ name, before, after }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {before !== undefined && <del>{before}</del>}
                {after !== undefined && <span>{after}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles["follow"]}>
        <code>{entry.action}</code> <code>{entry.subject}</code>
        <Button kind="link" size="small" onClick={onFollow}>
          Everything about {saySubject(entry)}
        </Button>
      </p>
    </div>
  );
}
