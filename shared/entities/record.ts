import { z } from "zod";
import { FieldValue, Instant } from "./fields.ts";
import { EditId, RecordId, UserId } from "./id.ts";

/**
 * A value that lost to a later edit of the same field. It stays in the record and is shown until a person
 * has chosen, and in its history after that: nothing that somebody typed is dropped.
 */
export const KeptValue = z.strictObject({
  /** The edit that won, with the field: makes keeping it twice impossible. */
  id: z.string().max(140),
  /** `notes`, or `custom.budget`; `deleted` when a deletion lost to an edit. */
  field: z.string().max(80),
  value: FieldValue,
  /** Who wrote the value that lost, and when the server took it. */
  byId: UserId.nullable(),
  at: Instant,
  /** Who wrote the value that won. */
  wonById: UserId.nullable(),
  wonEdit: EditId,
  /** Null until a person has looked at both and chosen. */
  settledAt: Instant.nullable(),
});
export type KeptValue = z.infer<typeof KeptValue>;

/** What every synced record carries besides its own fields. The server writes these; devices never do. */
export const recordBase = {
  id: RecordId,
  /** Counts the server's writes of this record; 0 = the server has not seen it yet. */
  rev: z.int().min(0),
  createdAt: Instant,
  updatedAt: Instant,
  /** Newest 50 values that lost. */
  kept: z.array(KeptValue).max(50),
};

/** Fields of `recordBase`: no edit may name them. */
export const serverFields: ReadonlySet<string> = new Set(Object.keys(recordBase));
