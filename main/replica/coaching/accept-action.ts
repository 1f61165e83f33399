import type { CallReport } from "../../../shared/entities/insight.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import type { Draft, Replica } from "../replica.ts";

type Action = CallReport["actions"][number];
export type AcceptPorts = Replica & {
  nowMs: number;
  /** The tenant's; IANA. */
  zone: string;
};

export function taskIdOf(callId: string, action: string): RecordId {
  return `action:${callId}:${action}` as RecordId;
}

/** Makes the task that an action of a call's report calls for. One id for each: clicked twice, or on two devices, it is one task. */
export async function acceptAction(
  { reads, edits, me, nowMs, zone }: AcceptPorts,
  report: Pick<CallReport, "callId" | "leadId" | "actions">,
  key: string,
): Promise<Result<Undoable & { taskId: RecordId }, RpcError>> {
  const action = report.actions.find((one) => one.key === key);
  if (!action || report.callId === null) return err(noSuchAction);
  const taskId = taskIdOf(report.callId, key);
  if (await reads.get("tasks", taskId)) return ok({ taskId, undoId: "", count: 0 });
  const fields = { ...taskOf(action, dayOf(nowMs, zone)), ...ofCall(report, me) };
  const draft: Draft = { kind: "create", collection: "tasks", id: taskId, fields };
  const made = await edits.apply([draft], `Task “${action.text}”`.slice(0, 200));
  return made.ok ? ok({ ...made.value, taskId }) : made;
}

function taskOf({ text, dueInDays }: Action, today: string) {
  const dueAt = dueInDays === null ? null : dueOfDay(addDays(today, dueInDays));
  return { title: text, dueAt, allDay: dueAt !== null, priority: "normal" };
}

function ofCall({ callId, leadId }: Pick<CallReport, "callId" | "leadId">, me: Replica["me"]) {
  return { callId, leadId, assigneeId: me.userId, teamId: me.teamIds[0] ?? null };
}

const noSuchAction: RpcError = {
  code: "not-found",
  message: "This action is not in the report of the call any more.",
};
