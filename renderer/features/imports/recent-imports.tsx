import type { OutputOf } from "../../../shared/rpc/define.ts";
import { recentImports } from "../../../shared/rpc/contract/files.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { dayAndTime, shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { useUndoImport } from "./use-undo-import.ts";
import styles from "./imports.module.css";

type Recent = OutputOf<typeof recentImports>["imports"][number];

export function RecentImports({ onOpen }: { onOpen: (importId: string) => void }) {
  const imports = useLive(recentImports, {}).value?.imports ?? [];
  if (imports.length === 0) return null;
  return (
    <section className={styles["recent"]}>
      <h2 className={styles["side-title"]}>Imported lately</h2>
      <ul>
        {imports.map((entry) => (
          <RecentRow key={entry.importId} entry={entry} onOpen={() => onOpen(entry.importId)} />
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ entry, onOpen }: { entry: Recent; onOpen: () => void }) {
  const { term } = useDirectory();
  const now = useNow();
  const undo = useUndoImport();
  const filled = entry.filled > 0 ? `, ${formatCount(entry.filled)} filled` : "";
  return (
    <li className={styles["recent-row"]}>
      <Button kind="link" className={styles["recent-name"]} onClick={onOpen}>
        <bdi className="cut">{entry.fileName}</bdi>
      </Button>
      <span>{dayAndTime(new Date(entry.at), now)}</span>
      <span className={styles["recent-count"]}>
        {countOf(entry.created, term("lead"), term("leads"))}
        {filled}
      </span>
      <span className={styles["recent-undo"]}>
        {entry.undoableUntil ? (
          <>
            until {shortDate(new Date(entry.undoableUntil), now)}
            <Button size="small" onClick={() => void undo(entry.importId, entry.fileName)}>
              Undo
            </Button>
          </>
        ) : (
          "kept"
        )}
      </span>
    </li>
  );
}
