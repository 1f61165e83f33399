import type { FieldRule } from "../../../shared/entities/check-record.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { EditId } from "../../../shared/entities/id.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { overlay } from "../../../shared/sync/apply-edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { addUndoSteps, countUndo, dropUndo, readUndoSteps, type RunSql } from "../database/local-tables.ts";
import { visibleOf, type RecordStore } from "../database/record-store.ts";
import type { TakeTurn } from "../database/turns.ts";
import { giveWay } from "../live/slices.ts";
import type { JournalEntry } from "../journal/index.ts";
import type { Draft, Edits } from "../replica.ts";
import { checkDraft, createDraftJudge, readFieldRules, type DraftJudge } from "./check-draft.ts";
import { cleanText } from "./clean-value.ts";
import { rpcErrorOf, waitingOf, type EditJournal } from "./edit-journal.ts";
import { recordKey, type Held, type Layers } from "./layers.ts";
import { makeEdit, type Made } from "./make-edit.ts";
import { afterOthers, diskTroubleIn, keptUnseen, notKept, type OwedEdits } from "./owed-edits.ts";
import { createLeftOut } from "./left-out.ts";
import { draftOfUndo, type KeptEdit, type UndoStep } from "./undo-step.ts";
import { fieldsOf } from "./unsent-of.ts";
import type { Replica } from "../replica.ts";

export type EditsPorts = {
  me: Replica["me"];
  store: RecordStore;
  sql: RunSql;
  /** The quoted table of a collection. */
  table: (collection: CollectionName) => string;
  layers: Layers;
  owed: OwedEdits;
  journal: EditJournal;
  takeTurn: TakeTurn;
  clock: Clock;
  newId: () => string;
};

/** Few enough that a window hardly waits for one slice. */
const sliceLength = 250;

/** How everything that a person does becomes edits: checked, journalled, shown, and able to be taken back. */
export function createEdits(ports: EditsPorts): Edits {
  const { me, store, sql, table, layers, owed, journal, takeTurn, clock, newId } = ports;
  let rules: Promise<FieldRule[]> | null = null;
  store.onChange(({ collection }) => {
    if (collection === "settings") rules = null;
  });
  const fieldRules = () => (rules ??= readFieldRules(sql, table("settings")));

  const apply: Edits["apply"] = async (drafts, label, options = {}) => {
    const checked = await checkAll(drafts);
    if (!checked.ok) return checked;
    const writers = options.takesBack ? "unknown" : {};
    const judge = createDraftJudge(me, await fieldRules(), writers, drafts.length > sliceLength);
    const judging: Judging = { judge, leaveOut: options.leaveOut ?? null };
    const waits = drafts.length <= sliceLength ? "person" : "nobody";
    const group: Group = { undoId: newId(), label: cleanText(label), keepUndo: options.keepUndo ?? true };
    let count = 0;
    for (let start = 0; start < drafts.length; start += sliceLength) {
      if (options.signal?.aborted) break;
      const slice = checked.value.slice(start, start + sliceLength);
      const done = await takeTurn(() => applySlice(slice, group, count, judging), waits);
      if (!done.ok) return err(afterOthers(done.error, count));
      count += done.value;
      options.onProgress?.(Math.min(start + sliceLength, drafts.length));
      if (start + sliceLength < drafts.length) await giveWay();
    }
    return ok({ undoId: group.undoId, count });
  };

  /** One slice: from what the records are now to journal, screen and undo. @returns how many drafts changed something */
  async function applySlice(
    drafts: readonly Draft[],
    { undoId, label, keepUndo }: Group,
    position: number,
    judging: Judging,
  ): Promise<Result<number, RpcError>> {
    const held = await readHeld(drafts);
    const made = makeEdits(drafts, statesOf(held), judging);
    if (!made.ok || made.value.length === 0) return made.ok ? ok(0) : made;
    const edits = made.value.map(({ edit }) => edit);
    if (keepUndo) {
      const steps = made.value.flatMap((one) => one.undo ?? []);
      const trouble = await diskTroubleIn(() => addUndoSteps(sql, undoId, { label, steps }, position, now()));
      if (trouble) return err(notKept(trouble));
    }
    const written = await journal.append(
      edits.map((edit) => ({ type: "edited", edit, label, group: undoId })),
    );
    if (!written.ok) return err(rpcErrorOf(written.error));
    const unseen = await owed.lay(() => layers.cover(edits, held));
    return unseen ? err(keptUnseen(unseen, edits.length)) : ok(edits.length);
  }

  function makeEdits(
    drafts: readonly Draft[],
    states: Map<string, Doc | null>,
    { judge, leaveOut }: Judging,
  ): Result<Made[], RpcError> {
    const all: Made[] = [];
    for (const draft of drafts) {
      const key = recordKey(draft.collection, draft.id);
      const before = states.get(key) ?? null;
      const made = makeEdit(draft, before, { editId: newId() as EditId, at: now() });
      if (!made) continue;
      const after = overlay(before, [made.edit]);
      const refused = judge(made.edit, before, after);
      if (refused && !leaveOut) return err(refused);
      if (refused) {
        leaveOut?.(refused, draft);
        continue;
      }
      states.set(key, after);
      all.push(made);
    }
    if (all.length === 0 && drafts.length === 1 && !leaveOut) return nothingToDo(drafts[0], states);
    return ok(all);
  }

  async function readHeld(drafts: readonly Draft[]): Promise<Held> {
    const held: Held = new Map();
    for (const collection of new Set(drafts.map((draft) => draft.collection))) {
      const ids = drafts.filter((draft) => draft.collection === collection).map(({ id }) => id);
      held.set(collection, await store.find(collection, [...new Set(ids)]));
    }
    return held;
  }

  const undo: Edits["undo"] = async (undoId, options = {}) => {
    const group = await countUndo(sql, undoId);
    if (!group) return err({ code: "not-found", message: "This can no longer be undone." });
    const drafts: Draft[] = [];
    const givenUp: KeptEdit[] = [];
    for await (const steps of readUndoSteps(sql, undoId, sliceLength)) {
      drafts.push(...(await draftsOfUndo(steps)));
      givenUp.push(...steps.filter((step) => step.kind === "keep-edit"));
      await giveWay();
    }
    const label = `Undo: ${group.label}`.slice(0, 200);
    const left = createLeftOut();
    // One of a few is looked at by itself; in a list of hundreds it holds up nobody.
    const leaving = drafts.length > sliceLength ? { leaveOut: left.take } : {};
    const asked = { ...options, ...takingBack, ...leaving };
    const undone = drafts.length > 0 ? await apply(drafts, label, asked) : ok(none);
    if (!undone.ok) return undone;
    const why = left.why();
    if (why && undone.value.count === 0) return err(why);
    if (options.signal?.aborted) return err(stoppedAfter(undone.value.count, group.steps));
    const kept = await takeTurn(() => keepEdits(givenUp));
    if (!kept.ok) return kept;
    await dropUndo(sql, undoId);
    return ok({ count: undone.value.count + kept.value, label: group.label + left.words() });
  };

  /** Edits that were given up are as they were: refused, or waiting for what was refused. */
  async function keepEdits(steps: readonly KeptEdit[]): Promise<Result<number, RpcError>> {
    const written = await journal.append(
      steps.flatMap(({ edit, label, refusal }): JournalEntry[] => [
        { type: "edited", edit, label },
        ...(refusal ? [{ type: "refused" as const, editId: edit.editId, refusal }] : []),
      ]),
    );
    if (!written.ok) return err(rpcErrorOf(written.error));
    const unseen = await owed.lay(() => layers.cover(steps.map(({ edit }) => edit)));
    return unseen ? err(keptUnseen(unseen, steps.length)) : ok(steps.length);
  }

  async function draftsOfUndo(steps: readonly UndoStep[]): Promise<Draft[]> {
    const drafts = steps.map(({ collection, id }) => ({ kind: "restore" as const, collection, id }));
    const states = statesOf(await readHeld(drafts));
    return steps.flatMap(
      (step) => draftOfUndo(step, states.get(recordKey(step.collection, step.id)) ?? null, me) ?? [],
    );
  }

  function now(): string {
    return new Date(clock.now()).toISOString();
  }

  return {
    apply,
    undo,
    undoable: (undoId) => countUndo(sql, undoId),
    waitingFields: (collection, id) => [
      ...new Set(
        waitingOf(journal, collection, id)
          .filter(({ editId }) => !layers.isLeaving(editId))
          .flatMap((edit) => fieldsOf(edit)),
      ),
    ],
  };
}

/** `leaveOut` hears why a draft is left out; null = the first that would be refused refuses all. */
type Judging = { judge: DraftJudge; leaveOut: ((why: RpcError, draft: Draft) => void) | null };

/** What is done together: shown under one label, and taken back at once. */
type Group = { undoId: string; label: string; keepUndo: boolean };

/** Records as people see them, by key. */
function statesOf(held: Held): Map<string, Doc | null> {
  return new Map(
    [...held].flatMap(([collection, rows]) =>
      Array.from(rows, ([id, stored]) => [recordKey(collection, id), visibleOf(stored)] as const),
    ),
  );
}

/** Nobody takes back that they have taken something back. */
const takingBack = { keepUndo: false, takesBack: true };

const none: Undoable = { undoId: "", count: 0 };

function stoppedAfter(done: number, all: number): RpcError {
  return { code: "cancelled", message: `Stopped: ${done} of ${all} are as they were before.` };
}

/** Values are checked before the first slice is written, so that a list with a bad one changes nothing. */
async function checkAll(drafts: readonly Draft[]): Promise<Result<Draft[], RpcError>> {
  const checked: Draft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const result = checkDraft(draft);
    if (!result.ok) return result;
    checked.push(result.value);
    if (index % sliceLength === sliceLength - 1) await giveWay();
  }
  return ok(checked);
}

/** What can be said of a record that is not here: it comes back, is taken back, or a call was heard of by its line first. */
const mayBeMissing: ReadonlySet<Draft["kind"]> = new Set(["restore", "report", "take-back"]);

function nothingToDo(
  draft: Draft | undefined,
  states: ReadonlyMap<string, Doc | null>,
): Result<Made[], RpcError> {
  const missing =
    draft && !mayBeMissing.has(draft.kind) && !states.get(recordKey(draft.collection, draft.id));
  if (!missing) return ok([]);
  return err({
    code: "not-found",
    message: "This record is gone: somebody deleted it, or it is no longer yours.",
  });
}
