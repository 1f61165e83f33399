import { z } from "zod";
import { ReportedEvent } from "../calls/call-event.ts";
import { collectionNames, type CollectionName } from "../entities/collections.ts";
import { FieldValue, Instant } from "../entities/fields.ts";
import { EditId, RecordId } from "../entities/id.ts";

export const Collection = z.enum(collectionNames as [CollectionName, ...CollectionName[]]);

/** `stage`, or `custom.budget` for a field of the tenant's own. */
export const FieldPath = z
  .string()
  .max(80)
  .regex(/^(?:[a-z][A-Za-z]*|custom\.[a-z][a-z0-9_]*)$/u);

export const Change = z.strictObject({ from: FieldValue, to: FieldValue });
export type Change = z.infer<typeof Change>;

const base = {
  editId: EditId,
  collection: Collection,
  id: RecordId,
  /** When the person did it by the device's clock: shown, never compared. */
  at: Instant,
  /** The record's `rev` on the device when the person acted: what they had seen. */
  rev: z.int().min(0),
};

/** What one person did to one record at one moment. Taken whole or not at all, and once however often it arrives. */
export const Edit = z.discriminatedUnion("kind", [
  z.strictObject({ ...base, kind: z.literal("create"), fields: z.record(z.string().max(80), FieldValue) }),
  z.strictObject({ ...base, kind: z.literal("update"), changes: z.record(FieldPath, Change) }),
  z.strictObject({ ...base, kind: z.literal("delete") }),
  /** Undoes a deletion; the server still has the record's fields. */
  z.strictObject({ ...base, kind: z.literal("restore") }),
  /** A person has looked at a kept value and chosen. */
  z.strictObject({ ...base, kind: z.literal("settle"), keptId: z.string().max(140) }),
  /** What this device's line says of a call; facts, so they are never in conflict ([CALL-1]). */
  z.strictObject({ ...base, kind: z.literal("report"), events: z.array(ReportedEvent).min(1).max(50) }),
]);
export type Edit = z.infer<typeof Edit>;
export type EditKind = Edit["kind"];
export type EditOf<K extends EditKind> = Extract<Edit, { kind: K }>;

/** Why an edit was not taken. The device keeps it and shows this until a person decides. */
export const Refusal = z.strictObject({
  code: z.enum(["invalid", "forbidden", "not-found", "deleted", "unknown-field", "too-old"]),
  /** One sentence for the person. */
  message: z.string().max(500),
  field: z.string().max(80).optional(),
});
export type Refusal = z.infer<typeof Refusal>;
