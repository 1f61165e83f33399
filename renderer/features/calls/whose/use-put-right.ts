import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { askOnce, useClient, useEdits } from "../../../client/index.ts";

/** Says whose call it is. What was planned in it for whom it was taken for goes along. */
export function usePutRight({
  callId,
  leadId,
}: Pick<PhoneCall, "callId" | "leadId">): (lead: { id: string; name: string }) => Promise<void> {
  const client = useClient();
  const { edit } = useEdits();
  return async ({ id, name }) => {
    const set = { leadId: id };
    // Asked for now: while the form of a new lead is open, more may be planned.
    const detail = await askOnce(client, callDetail, { id: callId });
    const planned = (detail?.tasks ?? []).filter((task) => task.leadId === leadId);
    const followUps = planned.map((task) => ({ collection: "tasks" as const, id: task.id, set }));
    void edit([{ collection: "calls", id: callId, set }, ...followUps], `Call is with ${name}`);
  };
}
