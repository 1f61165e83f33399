import type { FastifyRequest } from "fastify";
import { Refused } from "./errors.ts";

/**
 * Refuses text that no database column holds: NUL, and halves of a surrogate pair.
 * @throws Refused `bad-request`
 */
export async function requireStorable({ params, query, body }: FastifyRequest): Promise<void> {
  if ([params, query, body].every(isStorable)) return;
  throw new Refused(
    "bad-request",
    "The text contains a character that cannot be kept (NUL or half a character).",
  );
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}
