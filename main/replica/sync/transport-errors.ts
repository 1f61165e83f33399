import { ScopeChanged, type WireErrorCode } from "../../../shared/sync/wire.ts";
import type { AskError } from "../server/ask-json.ts";
import type { TransportError } from "./transport.ts";

/** What a failed request means for sync. */
export function transportErrorOf(error: AskError): TransportError {
  if (error.kind === "no-answer") return error;
  const { code, message, details } = error.error;
  if (code === "scope-changed") return scopeChanged(message, details);
  const later = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  return byCode[code]?.(message) ?? { kind: "no-answer", trouble: message, ...later };
}

function scopeChanged(message: string, details: unknown): TransportError {
  const told = ScopeChanged.safeParse(details);
  return told.success
    ? { kind: "scope-changed", scope: told.data.scope }
    : { kind: "no-answer", trouble: message };
}

const revoked = (): TransportError => ({ kind: "ended", why: "revoked" });
const rejected = (message: string): TransportError => ({ kind: "rejected", message });

/** Codes that are not here pass by themselves: the device tries again later. */
const byCode: Partial<Record<WireErrorCode, (message: string) => TransportError>> = {
  "update-required": () => ({ kind: "ended", why: "update-required" }),
  wiped: () => ({ kind: "ended", why: "wiped" }),
  revoked,
  // A token that nobody knows, or that belongs to another device: only signing in again helps.
  unauthorised: revoked,
  forbidden: revoked,
  "bad-request": rejected,
  "too-large": rejected,
};
