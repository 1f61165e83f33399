import type { RecordId } from "../../../../shared/entities/id.ts";
import { recordingKept } from "../../../../shared/rpc/contract/phone.ts";
import { syncStatus } from "../../../../shared/rpc/contract/sync.ts";
import { useLive } from "../../../client/index.ts";

/** Whether the recording of this call cannot be heard now: it is not on this computer, and the server is out of reach. */
export function useMissing(callId: RecordId): boolean {
  const kept = useLive(recordingKept, { callId }).value?.kept;
  const phase = useLive(syncStatus, {}).value?.phase;
  return kept === false && phase === "offline";
}
