import { ArrowRight, CircleX } from "lucide-react";
import { useState } from "react";
import { discardEdits, retryEdits, type RefusedEdit } from "../../../shared/rpc/contract/sync.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { InputOf } from "../../../shared/rpc/define.ts";
import { fieldText, useCommand, useDirectory, useEdits } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { clockTime } from "../../ui/format/times.ts";
import { AmendField } from "./amend-field.tsx";
import type { OpenRecord } from "./open-record.ts";
import { CardHead, SectionHead } from "./section-head.tsx";
import { amendable, editWords, refusalWords } from "./sync-words.ts";
import styles from "./sync.module.css";

/** Edits that the server would not take: each waits for a person to edit, retry or discard it. */
export function RefusedSection({
  refused,
  count,
  now,
  onOpenRecord,
}: {
  refused: readonly RefusedEdit[];
  count: number;
  now: Date;
  onOpenRecord: OpenRecord;
}) {
  if (count === 0) return null;
  return (
    <section className={styles["section"]}>
      <SectionHead
        icon={CircleX}
        title="Refused by the server"
        count={count}
        trouble
        end={count > 1 && <AllActions />}
      />
      {refused.map((edit) => (
        <RefusedCard key={edit.editId} edit={edit} now={now} onOpenRecord={onOpenRecord} />
      ))}
      {count > refused.length && (
        <p className={styles["more"]}>and {countOf(count - refused.length, "earlier edit")}</p>
      )}
    </section>
  );
}

/** Of all that were refused, those that are not listed as well. */
function AllActions() {
  const { retry, discard } = useDecisions();
  return (
    <span className={styles["all-actions"]}>
      <Button size="small" aria-label="Retry all refused edits" onClick={() => retry("refused")}>
        Retry all
      </Button>
      <Button
        size="small"
        kind="quiet"
        aria-label="Discard all refused edits"
        onClick={() => discard("refused", (count) => `Discarded ${countOf(count, "edit")}`)}
      >
        Discard all
      </Button>
    </span>
  );
}

type Chosen = InputOf<typeof retryEdits>["editIds"];

/** What can be decided; each says what it did, and what was discarded can be brought back. */
function useDecisions() {
  const send = useCommand(retryEdits);
  const give = useCommand(discardEdits);
  const { report } = useEdits();
  return {
    async retry(editIds: Chosen) {
      const result = await send({ editIds });
      report(result, result.ok ? `Sending ${countOf(result.value.count, "edit")} again` : "");
    },
    async discard(editIds: Chosen, words: (count: number) => string) {
      const result = await give({ editIds });
      report(result, result.ok ? words(result.value.count) : "");
    },
  };
}

function RefusedCard({
  edit,
  now,
  onOpenRecord,
}: {
  edit: RefusedEdit;
  now: Date;
  onOpenRecord: OpenRecord;
}) {
  const directory = useDirectory();
  const [editing, setEditing] = useState(false);
  const field = amendable(edit);
  const label = field ? directory.fieldLabel(edit.collection, field.field) : editWords(edit, directory, now);
  // What could not be added is nowhere to be opened.
  const open = edit.kind === "create" ? null : () => onOpenRecord(edit);
  const onEdit = field ? () => setEditing(true) : open;
  return (
    <article className={styles["card"]}>
      <CardHead title={edit.title} field={label} at={clockTime(new Date(edit.at))} />
      {editing && field ? (
        <AmendField
          edit={edit}
          path={field.field}
          value={field.to}
          label={label}
          onDone={() => setEditing(false)}
        />
      ) : (
        field && !isLacking(field) && <ChangeLine edit={edit} field={field} now={now} />
      )}
      <ErrorLine what={refusalWords(edit)}>
        <RefusedActions edit={edit} onEdit={onEdit} />
      </ErrorLine>
    </article>
  );
}

function isLacking({ from, to }: RefusedEdit["fields"][number]): boolean {
  return from === null && to === null;
}

function ChangeLine({
  edit,
  field,
  now,
}: {
  edit: RefusedEdit;
  field: RefusedEdit["fields"][number];
  now: Date;
}) {
  const directory = useDirectory();
  const read = (value: FieldValue) =>
    fieldText(directory, edit.collection, field.field, value, now, edit.allDay);
  return (
    <p className={styles["change"]}>
      <bdi className="cut">{read(field.from)}</bdi>
      <Icon of={ArrowRight} size={14} />
      <strong className="cut">
        <bdi>{read(field.to)}</bdi>
      </strong>
    </p>
  );
}

function RefusedActions({ edit, onEdit }: { edit: RefusedEdit; onEdit: (() => void) | null }) {
  const { retry, discard } = useDecisions();
  const about = `the edit of ${edit.title}`;
  return (
    <>
      {onEdit && (
        <Button size="small" onClick={onEdit} aria-label={`Edit ${about}`}>
          Edit
        </Button>
      )}
      <Button size="small" aria-label={`Retry ${about}`} onClick={() => retry([edit.editId])}>
        Retry
      </Button>
      <Button
        size="small"
        kind="quiet"
        aria-label={`Discard ${about}`}
        onClick={() => discard([edit.editId], () => `Discarded your edit of ${edit.title}`)}
      >
        Discard
      </Button>
    </>
  );
}
