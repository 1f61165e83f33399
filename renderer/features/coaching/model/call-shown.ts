import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import type { RpcError } from "../../../../shared/rpc/frames.ts";

type Told = { value: { call: LiveCoaching | null } | undefined; error: RpcError | undefined };

/**
 * The call that an overlay shows; null = none, undefined = nobody knows yet. An error leaves what was told last, but of
 * whoever has signed out nothing stays on the screen.
 */
export function callShown({ value, error }: Told): LiveCoaching | null | undefined {
  return error?.code === "signed-out" ? null : value?.call;
}
