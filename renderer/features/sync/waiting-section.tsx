import { Clock, Ellipsis, ExternalLink, Trash2 } from "lucide-react";
import { discardEdits, type WaitingEdit } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits } from "../../client/index.ts";
import { IconButton } from "../../ui/controls/button.tsx";
import { Menu, MenuItem } from "../../ui/floating/menu.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { clockTime } from "../../ui/format/times.ts";
import type { OpenRecord } from "./open-record.ts";
import { SectionHead } from "./section-head.tsx";
import { editWords } from "./sync-words.ts";
import styles from "./sync.module.css";

/** Edits that nobody has refused: they go by themselves. */
export function WaitingSection({
  edits,
  count,
  nextTry,
  now,
  onOpenRecord,
}: {
  edits: readonly WaitingEdit[];
  count: number;
  nextTry: string | null;
  now: Date;
  onOpenRecord: OpenRecord;
}) {
  if (count === 0) return null;
  return (
    <section className={styles["section"]}>
      <SectionHead icon={Clock} title="Waiting to send" count={count} end={nextTry} />
      <ul className={styles["waiting"]}>
        {edits.map((edit) => (
          <WaitingRow key={edit.editId} edit={edit} now={now} onOpenRecord={onOpenRecord} />
        ))}
      </ul>
      {count > edits.length && (
        <p className={styles["more"]}>and {countOf(count - edits.length, "earlier edit")}</p>
      )}
    </section>
  );
}

function WaitingRow({ edit, now, onOpenRecord }: { edit: WaitingEdit; now: Date; onOpenRecord: OpenRecord }) {
  const directory = useDirectory();
  const discard = useCommand(discardEdits);
  const { report } = useEdits();
  const words = editWords(edit, directory, now);
  return (
    <li className={styles["waiting-row"]}>
      <time className={styles["waiting-time"]} dateTime={edit.at}>
        {clockTime(new Date(edit.at))}
      </time>
      <bdi className={styles["name"]}>{edit.title}</bdi>
      <span className="cut">{words}</span>
      <Menu
        position="bottom-end"
        target={
          <IconButton icon={Ellipsis} size="small" label={`What to do with the edit of ${edit.title}`} />
        }
      >
        <MenuItem icon={ExternalLink} onClick={() => onOpenRecord(edit)}>
          Show record
        </MenuItem>
        <MenuItem
          icon={Trash2}
          onClick={() =>
            void discard({ editIds: [edit.editId] }).then((result) =>
              report(result, `Discarded your edit of ${edit.title}`),
            )
          }
        >
          Discard edit
        </MenuItem>
      </Menu>
    </li>
  );
}
