import { err, type Result } from "../../shared/result/result.ts";
import type { WireErrorCode } from "../../shared/sync/wire.ts";
import { Refused } from "../http/errors.ts";

/** Why sign-in or an administrator's wish was not granted: what the person is told. */
export type Failure = { code: WireErrorCode; message: string; details?: unknown };

export function fail(code: WireErrorCode, message: string, details?: unknown): Result<never, Failure> {
  return err(details === undefined ? { code, message } : { code, message, details });
}

/** The value, or the end of the request. */
export function orRefuse<T>(result: Result<T, Failure>): T {
  if (result.ok) return result.value;
  throw new Refused(result.error.code, result.error.message, result.error.details);
}
