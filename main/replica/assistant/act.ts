import { daysLeft, splitAnswer, type Proposal } from "../../../shared/assistant/chat/proposal.ts";
import type { Step } from "../../../shared/assistant/deals/insight.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { newRecordId, recordIdOf, type RecordId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Draft } from "../../../shared/rpc/contract/assistant.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { addDays, dayOf, instantOn } from "../../../shared/time/zone.ts";
import { cleanValue } from "../edits/clean-value.ts";
import { defaultsOf } from "../records/new-record.ts";
import type { Draft as Edit, Replica } from "../replica.ts";
import type { RecommendedTask } from "./recommendations.ts";

export type ActPorts = Replica & {
  nowMs: number;
  /** The tenant's; IANA. */
  zone: string;
};

/**
 * Does what an answer proposes. What is done has an id of the answer: clicked twice, or in two windows, it is done
 * once.
 */
export async function doProposal(ports: ActPorts, draft: Draft): Promise<Result<Undoable, RpcError>> {
  const { proposal } = splitAnswer(draft.text);
  if (proposal === null || draft.question.about !== "chat") return err(nothingProposed);
  const edit = await editFor(ports, proposal, draft, draft.question.leadId);
  if (await ports.reads.get(edit.collection, edit.id)) return ok({ undoId: "", count: 0 });
  return ports.edits.apply([edit], labelOf(proposal));
}

/** Where the record stands that a proposal makes, and its id. */
export const proposedIn = { task: "tasks", ticket: "tickets", note: "activities" } as const;
export function proposedRecordId(draftId: string): RecordId {
  return recordIdOf(`proposal:${draftId}`);
}

type Creation = Extract<Edit, { kind: "create" }>;

async function editFor(
  ports: ActPorts,
  proposal: Proposal,
  draft: Draft,
  leadId: string | null,
): Promise<Creation> {
  const id = proposedRecordId(draft.id);
  const create = async (own: Record<string, FieldValue>): Promise<Creation> => {
    const defaults = await defaultsOf(ports, proposedIn[proposal.do], new Date(ports.nowMs).toISOString());
    const fields = Object.entries({ ...defaults, leadId, ...own }).map(([field, value]) => [field, cleanValue(value)]); // prettier-ignore
    return { kind: "create", collection: proposedIn[proposal.do], id, fields: Object.fromEntries(fields) };
  };
  if (proposal.do === "note")
    return create({ kind: "note", subject: null, title: "", text: proposal.text, changes: [] });
  if (proposal.do === "ticket") {
    const { title, text, priority } = proposal;
    return create({ title, text, priority, status: "open" });
  }
  const { title, dueInDays, at, priority } = proposal;
  const left = daysLeft(dueInDays, { ...ports, proposedAt: draft.at });
  return create({ title, priority, ...dueIn(ports, left, at) });
}

function labelOf(proposal: Proposal): string {
  if (proposal.do === "note") return "Added a note";
  return `${proposal.do === "task" ? "Task" : "Ticket"} “${proposal.title}”`.slice(0, 200);
}

const nothingProposed: RpcError = { code: "not-found", message: "This answer proposes nothing to do." };

/** Tasks for the steps of a deal, as one deed. The same step of a deal is one task until that is done. */
export async function planSteps(
  ports: ActPorts,
  deal: { id: string; leadId: string | null },
  steps: readonly Step[],
): Promise<Result<Undoable, RpcError>> {
  const { reads, edits } = ports;
  const defaults = await defaultsOf(ports, "tasks", new Date(ports.nowMs).toISOString());
  const fresh: Creation[] = [];
  for (const { text, dueInDays } of steps) {
    const id = await freeStepTaskId(reads, deal.id, text);
    const fields = { ...defaults, title: cleanValue(text), leadId: deal.leadId, dealId: deal.id, ...dueIn(ports, dueInDays) }; // prettier-ignore
    if (id !== null) fresh.push({ kind: "create", collection: "tasks", id, fields });
  }
  if (fresh.length === 0) return ok({ undoId: "", count: 0 });
  return edits.apply(fresh, fresh.length === 1 ? `Task “${fresh[0]?.fields["title"]}”`.slice(0, 200) : `${fresh.length} tasks for the deal`); // prettier-ignore
}

/** A task for a person, and what else was done by making it, as one deed. */
export async function makeTask(
  ports: ActPorts,
  leadId: string,
  { title, dueInDays }: Pick<RecommendedTask, "title" | "dueInDays">,
  also: Edit,
): Promise<Result<Undoable, RpcError>> {
  const defaults = await defaultsOf(ports, "tasks", new Date(ports.nowMs).toISOString());
  const fields = { ...defaults, title: cleanValue(title), leadId, ...dueIn(ports, dueInDays) };
  const task: Creation = { kind: "create", collection: "tasks", id: newRecordId(), fields };
  return ports.edits.apply([task, also], `Task “${title}”`.slice(0, 200));
}

/** The id for a task of a step; null = one is open. Where it was done before, the same on each desk that knows of that. */
async function freeStepTaskId(reads: Replica["reads"], dealId: string, text: string): Promise<string | null> {
  const first = stepTaskId(dealId, text);
  let id = first;
  for (const tried = new Set<string>(); !tried.has(id);) {
    const known = await reads.get("tasks", id);
    if (known === null) return id;
    if (known.doneAt === null) return null;
    tried.add(id);
    id = `${first}:${Date.parse(known.doneAt).toString(36)}`;
  }
  return null;
}

/** With what the id of each task begins that is made of a step, the first one's whole id. */
export function stepTaskId(dealId: string, text: string): string {
  return `${ofStep}${recordIdOf(`${dealId}:${text}`)}`;
}

/** Whether a task was made of a step, whatever it is called by now. */
export function isStepTask(id: string): boolean {
  return id.startsWith(ofStep);
}
const ofStep = "step:";

/** @param at HH:MM; none = the whole day */
function dueIn({ nowMs, zone }: ActPorts, days: number | null, at?: string) {
  if (days === null) return { dueAt: null, allDay: false };
  const day = addDays(dayOf(nowMs, zone), days);
  if (at === undefined) return { dueAt: dueOfDay(day), allDay: true };
  return { dueAt: new Date(instantOn(day, at, zone)).toISOString(), allDay: false };
}
