import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { EditId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit, EditOf } from "../../../shared/sync/edit.ts";
import { readField, writeField, type Doc } from "../../../shared/sync/fields.ts";
import { addUndoSteps } from "../database/local-tables.ts";
import { visibleOf } from "../database/record-store.ts";
import type { JournalEntry, JournalItem } from "../journal/index.ts";
import { rpcErrorOf } from "./edit-journal.ts";
import type { EditsPorts } from "./edits.ts";
import { fillRecord, checkFields } from "./record-fields.ts";
import { draftOfUndo, stepOf, type UndoStep } from "./undo-step.ts";
import type { Draft, Edits } from "../replica.ts";

/** `refused`: all that are. */
export type Chosen = readonly string[] | "refused";

/** What a person decides about edits that are not on the server ([PUSH-3]). */
export type Decisions = {
  /** Sends refused edits again, and what waits for them. */
  retry(chosen: Chosen): Promise<Result<{ count: number }, RpcError>>;
  /**
   * Gives edits up. One that was refused simply goes; one that waits may be on the server already without our
   * knowing, so it is taken back by another edit.
   */
  discard(chosen: Chosen): Promise<Result<Undoable, RpcError>>;
  /** Replaces what a refused edit says, over what the record is now. */
  amend(editId: string, set: Record<string, FieldValue>): Promise<Result<void, RpcError>>;
};

export function createDecisions(ports: EditsPorts, edits: Edits): Decisions {
  const { me, store, sql, layers, journal, takeTurn, clock, newId } = ports;

  function itemsOf(chosen: Chosen): JournalItem[] {
    if (chosen === "refused") return journal.refused().filter(({ status }) => status.kind === "refused");
    return chosen.flatMap((editId) => journal.get(editId as EditId) ?? []);
  }

  /** With what waits for them, in the order in which all of it was made. */
  function withBlocked(items: readonly JournalItem[]): JournalItem[] {
    const chosen = new Set<string>(items.map(({ edit }) => edit.editId));
    return journal
      .refused()
      .filter(
        ({ edit, status }) => chosen.has(edit.editId) || (status.kind === "blocked" && chosen.has(status.by)),
      );
  }

  async function retry(chosen: Chosen): Promise<Result<{ count: number }, RpcError>> {
    const items = withBlocked(itemsOf(chosen));
    const written = await journal.append(
      items.map(({ edit }): JournalEntry => ({ type: "retried", editId: edit.editId })),
    );
    if (!written.ok) return err(rpcErrorOf(written.error));
    await layers.cover(items.map(({ edit }) => edit));
    return ok({ count: items.length });
  }

  async function discard(chosen: Chosen): Promise<Result<Undoable, RpcError>> {
    const items = itemsOf(chosen);
    const waiting = items.filter(({ status }) => status.kind === "unsent");
    const dropped = await takeTurn(() => drop(withBlocked(items), "Discarded edits"));
    if (!dropped.ok || waiting.length === 0) return dropped;
    const drafts = await draftsAgainst(waiting);
    const taken = await edits.apply(
      drafts,
      waiting.length === 1 ? `Took back: ${waiting[0]?.label ?? ""}` : "Took back edits",
      { takesBack: true },
    );
    if (!taken.ok) return taken;
    return ok(dropped.value.count > 0 ? { ...dropped.value, count: items.length } : taken.value);
  }

  async function drop(items: readonly JournalItem[], label: string): Promise<Result<Undoable, RpcError>> {
    const undoId = newId();
    const steps = items.map(({ edit, label: said, status }): UndoStep => ({
      collection: edit.collection,
      id: edit.id,
      kind: "keep-edit",
      edit,
      label: said ?? "",
      refusal: status.kind === "refused" ? status.refusal : null,
    }));
    await addUndoSteps(
      sql,
      undoId,
      { label, steps: steps.toReversed() },
      0,
      new Date(clock.now()).toISOString(),
    );
    const gone = items.map(({ edit }) => edit);
    const tidy = await layers.uncover(gone);
    const written = await journal.append(gone.map(({ editId }) => ({ type: "discarded", editId })));
    if (!written.ok) return err(rpcErrorOf(written.error));
    await tidy();
    return ok({ undoId, count: gone.length });
  }

  /** Last made, first taken back. */
  async function draftsAgainst(items: readonly JournalItem[]): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const { edit } of items.toReversed()) {
      const step = stepOf(edit);
      const draft = step && draftOfUndo(step, await readRecord(edit), me);
      if (draft) drafts.push(draft);
    }
    return drafts;
  }

  async function readRecord({ collection, id }: Pick<Edit, "collection" | "id">): Promise<Doc | null> {
    return visibleOf((await store.find(collection, [id])).get(id));
  }

  async function amend(editId: string, set: Record<string, FieldValue>): Promise<Result<void, RpcError>> {
    const item = journal.get(editId as EditId);
    if (item?.status.kind !== "refused") {
      return err({ code: "not-found", message: "This edit is no longer refused." });
    }
    const amended = await amendEdit(item.edit, set);
    if (!amended.ok) return amended;
    const blocked = withBlocked([item]).filter(({ edit }) => edit !== item.edit);
    const next = [{ ...item, edit: amended.value }, ...blocked.map(renamed)];
    const written = await journal.append([
      ...[item, ...blocked].map(({ edit }): JournalEntry => ({ type: "discarded", editId: edit.editId })),
      ...next.map(({ edit, label }): JournalEntry => ({ type: "edited", edit, label: label ?? "" })),
    ]);
    if (!written.ok) return err(rpcErrorOf(written.error));
    await layers.cover(next.map(({ edit }) => edit));
    return ok();
  }

  function renamed(item: JournalItem): JournalItem {
    return { ...item, edit: { ...item.edit, editId: newId() as EditId } };
  }

  async function amendEdit(edit: Edit, set: Record<string, FieldValue>): Promise<Result<Edit, RpcError>> {
    const editId = newId() as EditId;
    if (edit.kind === "create") {
      let named = edit.fields;
      for (const [path, value] of Object.entries(set)) named = writeField(named, path, value);
      const filled = fillRecord(edit.collection, named);
      return filled.ok ? ok({ ...edit, editId, fields: filled.value }) : filled;
    }
    if (edit.kind !== "update")
      return err({ code: "bad-input", message: "This edit has no fields to change." });
    const checked = checkFields(edit.collection, set);
    if (!checked.ok) return checked;
    const now = await readRecord(edit);
    if (!now) return err({ code: "not-found", message: "This record is gone." });
    return ok({ ...edit, editId, rev: now.rev, changes: changesOver(edit, set, now) });
  }

  return {
    retry: (chosen) => takeTurn(() => retry(chosen)),
    discard,
    amend: (editId, set) => takeTurn(() => amend(editId, set)),
  };
}

function changesOver(
  edit: EditOf<"update">,
  set: Record<string, FieldValue>,
  now: Doc,
): EditOf<"update">["changes"] {
  const wanted = {
    ...Object.fromEntries(Object.entries(edit.changes).map(([field, { to }]) => [field, to])),
    ...set,
  };
  return Object.fromEntries(
    Object.entries(wanted).map(([field, to]) => [field, { from: readField(now, field), to }]),
  );
}
