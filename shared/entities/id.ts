import { v5, v7 } from "uuid";
import { z } from "zod";

/**
 * Ids are made on the device that creates a record, so that it exists before the server has heard of it.
 * UUID v7: sorted by time, 36 characters; settings use readable ids such as `field:budget`.
 */
export const RecordId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w:.-]+$/u)
  .brand<"RecordId">();
export type RecordId = z.infer<typeof RecordId>;

export const UserId = z.string().min(1).max(64).brand<"UserId">();
export type UserId = z.infer<typeof UserId>;

export const TeamId = z.string().min(1).max(64).brand<"TeamId">();
export type TeamId = z.infer<typeof TeamId>;

export const TenantId = z.string().min(1).max(64).brand<"TenantId">();
export type TenantId = z.infer<typeof TenantId>;

const plain = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w:.-]+$/u);

export const DeviceId = plain.brand<"DeviceId">();
export type DeviceId = z.infer<typeof DeviceId>;

export const EditId = plain.brand<"EditId">();
export type EditId = z.infer<typeof EditId>;

export function newRecordId(): RecordId {
  return v7() as RecordId;
}

/** The same on every device, for what others have named already. */
export function recordIdOf(name: string): RecordId {
  return v5(name, named) as RecordId;
}
const named = "5f0a7c1e-9f4e-4d0f-8b5e-6c1d2e3f4a5b";

export function newEditId(): EditId {
  return v7() as EditId;
}
