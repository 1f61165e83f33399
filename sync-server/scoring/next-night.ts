import { createHash } from "node:crypto";

/** From one in the morning, UTC, on: before the first desks of Europe, after the last of America. */
const fromHour = 1;
const nightMs = 3 * 3_600_000;

/**
 * When a tenant's models are learned next. Each has a second of its own in the night, so that a server with a thousand
 * tenants does not begin them all at once.
 */
export function nextNight(tenantId: string, now: Date): Date {
  const share = createHash("sha256").update(tenantId).digest().readUInt32BE() / 2 ** 32;
  const due = new Date(now);
  due.setUTCHours(fromHour, 0, 0, 0);
  due.setTime(due.getTime() + Math.floor((share * nightMs) / 1_000) * 1_000);
  if (due <= now) due.setUTCDate(due.getUTCDate() + 1);
  return due;
}
