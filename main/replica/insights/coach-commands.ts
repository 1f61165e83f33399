import { holderIn } from "../../../shared/calls/talks.ts";
import {
  newRecordId,
  recordIdOf,
  type RecordId,
  type TeamId,
  type UserId,
} from "../../../shared/entities/id.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type {
  assignCoaching,
  closeAssignment,
  commentMoment,
  scoreCall,
} from "../../../shared/rpc/contract/insights.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { Draft } from "../replica.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { InsightPorts } from "./scope.ts";

type Contract = {
  assignCoaching: typeof assignCoaching;
  commentMoment: typeof commentMoment;
  scoreCall: typeof scoreCall;
  closeAssignment: typeof closeAssignment;
};
type Fields = Record<string, FieldValue>;

/** What coaches write. Like every edit it is kept on this device first, and sent when there is a connection. */
export function createCoachCommands(ports: InsightPorts): Handlers<Contract> {
  const { replica } = ports;
  const { edits, reads } = replica;
  return {
    async assignCoaching({ callId, moment, example, dueOn, goal, practise, text }) {
      const about = await aboutCall(ports, callId, moment?.atMs ?? null);
      if (!about.ok) return about;
      const [assignmentId, taskId] = [newRecordId(), newRecordId()];
      const fields = {
        ...about.value,
        kind: "assignment",
        atMs: moment?.atMs ?? null,
        endMs: moment?.endMs ?? null,
        ...{ text, practise, goal, dueOn, example, taskId },
        status: "open",
      };
      const task = taskOf(about.value, { practise, text, dueOn });
      const drafts = [create("insights", assignmentId, fields), create("tasks", taskId, task)];
      const made = await edits.apply(drafts, `Assigned “${practise}”`);
      return made.ok ? ok({ ...made.value, assignmentId, taskId }) : made;
    },
    async commentMoment({ callId, atMs, text }) {
      const about = await aboutCall(ports, callId, atMs);
      if (!about.ok) return about;
      const id = newRecordId();
      const fields = { ...about.value, kind: "comment", atMs, text };
      const made = await edits.apply([create("insights", id, fields)], "Commented on a moment");
      return made.ok ? ok({ ...made.value, id }) : made;
    },
    async scoreCall({ callId, scorecard, points, note }) {
      const about = await aboutCall(ports, callId, null);
      if (!about.ok) return about;
      // One for each person and call, from whichever device it is given.
      const id = recordIdOf(`scoring:${callId}:${replica.me.userId}`);
      const said = { scorecard, points, note };
      const draft: Draft = (await reads.get("insights", id))
        ? { kind: "update", collection: "insights", id, set: said }
        : create("insights", id, { ...about.value, kind: "scoring", ...said });
      const made = await edits.apply([draft], "Scored a call");
      return made.ok ? ok({ ...made.value, id }) : made;
    },
    async closeAssignment({ id, status }) {
      const assignment = await reads.get("insights", id);
      if (assignment?.kind !== "assignment") return gone("assignment");
      const label = { open: "Opened", done: "Finished", dropped: "Dropped" }[status];
      const set: Draft = { kind: "update", collection: "insights", id, set: { status } };
      return edits.apply(
        [set, ...(await taskDrafts(ports, assignment.taskId, status))],
        `${label} “${assignment.practise}”`,
      );
    },
  };
}

/**
 * Whom and what it is about, written now by whoever is signed in.
 * @param atMs the moment that it is about; null = the whole call
 */
async function aboutCall(
  { replica: { reads, me }, settings, clock }: InsightPorts,
  callId: RecordId,
  atMs: number | null,
): Promise<Result<Fields, RpcError>> {
  const call = await reads.get("calls", callId);
  const known = (await reads.get("insights", `report:${callId}`)) ?? call;
  if (!known) return gone("call");
  const { leadId, agentId, teamId } = known;
  const then = call && atMs !== null ? holderIn(call, atMs) : null;
  const whose = then === null || then === agentId ? { agentId, teamId } : colleague(settings, then, teamId);
  return ok({ callId, leadId, ...whose, byId: me.userId, at: new Date(clock.now()).toISOString() });
}

/** Somebody who had the call and gave it away, perhaps to another team. */
function colleague({ people }: TenantSettings, agentId: UserId, teamId: TeamId | null) {
  const teamIds = people().find(({ userId }) => userId === agentId)?.teamIds ?? [];
  return { agentId, teamId: teamIds.find((own) => own === teamId) ?? teamIds[0] ?? teamId };
}

function taskOf(
  { agentId = null, teamId = null, leadId = null, callId = null }: Fields,
  { practise, text, dueOn }: { practise: string; text: string; dueOn: string | null },
): Fields {
  return {
    title: `Practise: ${practise}`.slice(0, 500),
    notes: text,
    dueAt: dueOn && dueOfDay(dueOn),
    allDay: true,
    priority: "normal",
    ...{ assigneeId: agentId, teamId, leadId, callId },
  };
}

/** The task goes with it: done with it, open with it. */
async function taskDrafts(
  { replica: { reads }, clock }: InsightPorts,
  taskId: RecordId | null,
  status: "open" | "done" | "dropped",
): Promise<Draft[]> {
  const task = taskId && (await reads.get("tasks", taskId));
  if (!task || (task.doneAt !== null) === (status !== "open")) return [];
  const doneAt = status === "open" ? null : new Date(clock.now()).toISOString();
  return [{ kind: "update", collection: "tasks", id: task.id, set: { doneAt } }];
}

function create(collection: "insights" | "tasks", id: string, fields: Fields): Draft {
  return { kind: "create", collection, id, fields };
}

function gone(what: string) {
  return err({ code: "not-found" as const, message: `This ${what} is no longer on this device.` });
}
