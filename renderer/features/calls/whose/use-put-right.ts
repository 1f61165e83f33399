import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { useEdits, useLive } from "../../../client/index.ts";

/** Says whose call it is. What was planned in it for whom it was taken for goes along. */
export function usePutRight({
  callId,
  leadId,
}: Pick<PhoneCall, "callId" | "leadId">): (lead: { id: string; name: string }) => void {
  const { edit } = useEdits();
  const tasks = useLive(callDetail, { id: callId }).value?.tasks ?? [];
  return ({ id, name }) => {
    const set = { leadId: id };
    const planned = tasks.filter((task) => task.leadId === leadId);
    const followUps = planned.map((task) => ({ collection: "tasks" as const, id: task.id, set }));
    void edit([{ collection: "calls", id: callId, set }, ...followUps], `Call is with ${name}`);
  };
}
