import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { KeychainLocked } from "./host-port.ts";

/** A keychain that does not answer is no fault of the program: whoever asks says what becomes of it. */
export async function unlessLocked<T>(work: Promise<T>): Promise<Result<T, RpcError>> {
  try {
    return ok(await work);
  } catch (cause) {
    if (cause instanceof KeychainLocked) return err({ code: "locked", message: cause.message });
    throw cause;
  }
}
