import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Change, Edit, EditOf, Refusal } from "../../../shared/sync/edit.ts";
import { handedOver } from "../../../shared/sync/authorise.ts";
import { readField, sameValue, type Doc } from "../../../shared/sync/fields.ts";
import type { Draft, Replica } from "../replica.ts";

/** How one thing that a person did is taken back. */
export type UndoStep = { collection: CollectionName; id: string } & (
  | { kind: "delete" }
  | { kind: "restore" }
  /** What stood before (`from`) and what stands since (`to`): undoing puts `from` where `to` still stands. */
  | {
      kind: "set";
      changes: Record<string, Change>;
      /** Of a record that was handed over: the team in which it stood; absent = nobody knows. */
      teamId?: FieldValue;
    }
  /** An edit that was given up comes back to the journal, as it stood there. */
  | { kind: "keep-edit"; edit: Edit; label: string; refusal: Refusal | null }
);
export type KeptEdit = Extract<UndoStep, { kind: "keep-edit" }>;

/**
 * What takes an edit back; null = nothing can.
 * @param before the record as it stood when the edit was made; null = nobody knows: as its person saw it
 */
export function stepOf(edit: Edit, before: Doc | null = null): UndoStep | null {
  const { collection, id } = edit;
  switch (edit.kind) {
    case "create":
    case "restore":
      return { collection, id, kind: "delete" };
    case "delete":
      return { collection, id, kind: "restore" };
    case "update":
      return {
        collection,
        id,
        kind: "set",
        changes: stoodUnder(edit.changes, before),
        ...stoodIn(edit, before),
      };
    default:
      return null;
  }
}

function stoodIn({ changes }: EditOf<"update">, before: Doc | null): Pick<SetStep, "teamId"> {
  const isHandedOver = Object.keys(changes).some((field) => handedOver.has(field));
  return before && isHandedOver ? { teamId: readField(before, "teamId") } : {};
}

/** Somebody who typed over what a colleague wrote meanwhile gives it back to them. */
function stoodUnder(changes: Record<string, Change>, before: Doc | null): Record<string, Change> {
  return Object.fromEntries(
    Object.entries(changes).map(([field, { from, to }]) => [
      field,
      { from: before ? readField(before, field) : from, to },
    ]),
  );
}

/**
 * The draft that takes a step back. A field that somebody has changed since is theirs and stays.
 * @param now the record as it is seen; null = deleted, or no longer here
 */
export function draftOfUndo(step: UndoStep, now: Doc | null, me: Replica["me"]): Draft | null {
  const { collection, id } = step;
  if (step.kind === "keep-edit") return null;
  if (step.kind !== "set") return { kind: step.kind, collection, id };
  if (!now) return mayBeOutOfSight(step, me) ? takeBackOf(step) : null;
  const set: Record<string, FieldValue> = {};
  for (const [field, { from, to }] of Object.entries(step.changes)) {
    if (sameValue(readField(now, field), to)) set[field] = from;
  }
  return Object.keys(set).length > 0 ? { kind: "update", collection, id, set } : null;
}

type SetStep = Extract<UndoStep, { kind: "set" }>;

/**
 * Who gives a record to another team sees it no longer, who is in none sees what is theirs and nobody's, and what is in
 * no team is seen by whose it is; what everybody still sees, and is not here, is deleted.
 */
function mayBeOutOfSight({ changes, teamId }: SetStep, { userId, role, teamIds }: Replica["me"]): boolean {
  if (role !== "agent" && role !== "manager") return false;
  const team = changes["teamId"] ? changes["teamId"].to : teamId;
  if (typeof team === "string") return !teamIds.includes(team as never);
  const owner = (changes["ownerId"] ?? changes["assigneeId"])?.to;
  const isOwnersAlone = team === null || teamIds.length === 0;
  return isOwnersAlone && typeof owner === "string" && owner !== userId;
}

/** The server knows whether it may come back. */
function takeBackOf({ collection, id, changes }: SetStep): Draft {
  const given = Object.entries(changes).filter(([field]) => handedOver.has(field));
  const back = given.map(([field, { from, to }]): [string, Change] => [field, { from: to, to: from }]);
  return { kind: "take-back", collection, id, changes: Object.fromEntries(back) };
}
