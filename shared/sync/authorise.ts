import { mayReport } from "../calls/may-report.ts";
import type { CollectionName } from "../entities/collections.ts";
import type { FieldValue, Instant } from "../entities/fields.ts";
import { isInsightId } from "../entities/insight.ts";
import type { Role } from "../entities/setting.ts";
import type { Master } from "./apply-edit.ts";
import type { Edit, Refusal } from "./edit.ts";
import { readField, type Doc } from "./fields.ts";

export type Actor = { userId: string; role: Role; teamIds: readonly string[] };

/**
 * Who wrote the fields of the record last, as the server keeps it. A device has none of it and knows nobody (`{}`);
 * "unknown" = it takes something back, and whether that is allowed is left to the server.
 */
export type Writers = Master["touched"] | "unknown";

/**
 * May this person do this to this record? Whether they may see it at all was asked before ([AUD-5]).
 *
 * | collection | create | update | delete, restore |
 * |---|---|---|---|
 * | leads, deals, tasks, appointments, tickets | everybody | who sees it | owner, nobody's, manager of its team, admin; who made it ([PUSH-10]) |
 * | listings | everybody | everybody | manager, admin |
 * | calls | for oneself; manager, admin | notes, summary, disposition, lead; manager, admin: all of a call without a line | admin |
 * | activities: note, email | in one's own name | its author: title, text | its author, manager of its team, admin |
 * | activities: all other kinds | nobody: history is the server's | nobody | nobody |
 * | messages | own outbound draft | own draft; sending it = `queued` | own draft |
 * | recommendations | in one's own name, answered | whoever answered it | nobody |
 * | segments; insights: report, approval | nobody | nobody | nobody |
 * | insights: chat | nobody: its events write it | who sees it: `leadId` | nobody |
 * | insights: comment, card-feedback, card-shown, item-tick | in one's own name | its author: what it says | its author, manager of its team, admin |
 * | insights: assignment, scoring | manager, admin, in their own name | its author, manager of its team, admin; an assignment's `status`: whom it is for | its author, manager of its team, admin |
 * | settings: person, team | nobody: sign-in writes them | nobody | nobody |
 * | settings: conversion | nobody: it is learned | nobody | nobody |
 * | settings: view, import-mapping | own; everybody's: admin | own; everybody's: admin | own; everybody's: admin |
 * | settings: field, stage, disposition, queue, break-reason, call-list, greeting, phone-rules, letter-rules, business, playbook, scorecard | admin | admin | admin, `business` never |
 *
 * Fields: an agent gives away only what is theirs or nobody's (`ownerId`, `teamId`, `assigneeId`),
 * and takes back what they gave away themselves ([PUSH-10]); only managers and admins lift `doNotCall`, and who set it last ([PUSH-10]); `importId` is set at creation; authorship (`byId`, `kind`) never changes.
 * Insights are called as their kind is (`isInsightId`).
 * What a line says of a call (`report`) comes from a device of somebody who is in it ([CALL-3]).
 * Who sees a record may settle its kept values. `operator` counts as admin of the tenant they have entered.
 *
 * @param current the record as it stands, null where it was never made
 */
export function authorise(
  actor: Actor,
  edit: Edit,
  current: Doc | null,
  writers: Writers = {},
): Refusal | null {
  if (edit.kind === "settle") return null;
  if (edit.kind === "report") {
    const message =
      edit.collection === "calls" ? mayReport(actor, edit.events, current) : "Only calls have a line.";
    return message === null ? null : { code: "forbidden", message };
  }
  const rule = rules[edit.collection];
  // A second creation of an id is an update of what stands ([EDIT-7]); it is judged as one.
  const allowed =
    edit.kind === "create" && current === null
      ? rule.create(actor, edit.fields, edit.id)
      : edit.kind === "create"
        ? judgeUpdate(actor, rule, current ?? {}, asChanges(edit.fields), writers)
        : edit.kind === "update"
          ? judgeUpdate(actor, rule, current ?? {}, asTargets(edit.changes), writers)
          : rule.remove(actor, current ?? {}, writers);
  return allowed === true ? null : { code: "forbidden", ...describe(allowed) };
}

/**
 * [PUSH-10] Whether an edit does nothing but take back, or change once more, where its author has given a record away:
 * that is taken from them although they may see it no longer.
 */
export function takesBack(actor: Actor, edit: Edit, current: Pick<Master, "deleted" | "touched">): boolean {
  if (edit.kind !== "update" || rules[edit.collection] !== worked || current.deleted) return false;
  const fields = Object.keys(edit.changes);
  // An edit that changes nothing takes nothing back: taken, it would tell a stranger that there is such a record.
  return (
    fields.length > 0 &&
    fields.every((field) => handedOver.has(field) && mayTakeBack(actor, field, current.touched))
  );
}

/**
 * [PUSH-10] Since when an author's own writing stands that an edit may rest on, where nothing else allows it: nobody
 * else may have worked with the record since. Null = it rests on nothing of theirs.
 */
export function restsOnOwnSince(
  { userId }: Actor,
  edit: Edit,
  { touched }: Pick<Master, "touched">,
): Instant | null {
  const own = (field: string) => touched[field] ?? touched["*"];
  const times = takenBackBy(edit).flatMap((field) =>
    own(field)?.byId === userId ? (own(field)?.at ?? []) : [],
  );
  return times.sort()[0] ?? null;
}

/** What an edit may have taken back, as `mayTakeBack` calls it. */
function takenBackBy(edit: Edit): string[] {
  if (rules[edit.collection] !== worked) return [];
  if (edit.kind === "delete") return ["*"];
  const changes = edit.kind === "update" ? edit.changes : edit.kind === "create" ? edit.fields : {};
  return Object.keys(changes).filter((field) => handedOver.has(field) || field === "doNotCall");
}

type Fields = Readonly<Record<string, unknown>>;
/** True, or why not; with the field that it is about, if any. */
type Verdict = true | string | { field: string; message: string };
type Rule = {
  create(actor: Actor, fields: Fields, id: string): Verdict;
  update(actor: Actor, current: Fields, changes: Fields, writers: Writers): Verdict;
  remove(actor: Actor, current: Fields, writers: Writers): Verdict;
};

const serverOnly = "Only Ringside itself writes this.";
const nobody: Rule = { create: () => serverOnly, update: () => serverOnly, remove: () => serverOnly };

const worked: Rule = {
  create: () => true,
  update: (actor, current, changes, writers) =>
    mayHandOver(actor, current, changes, writers) ??
    mayLiftDoNotCall(actor, current, changes, writers) ??
    true,
  remove: (actor, current, writers) =>
    leads(actor, current) ||
    isTheirs(actor, current) ||
    mayTakeBack(actor, "*", writers) ||
    "Only its owner, their manager or an admin may delete this.",
};

const listings: Rule = {
  create: () => true,
  update: () => true,
  remove: (actor) => actor.role !== "agent" || "Only a manager or an admin may delete this.",
};

const callFields: ReadonlySet<string> = new Set(["notes", "summary", "disposition", "leadId"]);
const calls: Rule = {
  create: (actor, fields) =>
    actor.role !== "agent" || fields["agentId"] === actor.userId || "You can log only your own calls.",
  update: (actor, current, changes) =>
    (actor.role !== "agent" && (current["line"] ?? null) === null && !("line" in changes)) ||
    onlyFields(changes, callFields, "What the telephone line reported cannot be changed."),
  remove: (actor) => isAdmin(actor) || "Only an admin may delete a call.",
};

const writtenKinds: ReadonlySet<unknown> = new Set(["note", "email"]);
const noteFields: ReadonlySet<string> = new Set(["title", "text"]);
const activities: Rule = {
  create: (actor, fields) =>
    !writtenKinds.has(fields["kind"])
      ? serverOnly
      : fields["byId"] === actor.userId || "You can write only in your own name.",
  update: (actor, current, changes) =>
    !writtenKinds.has(current["kind"])
      ? serverOnly
      : current["byId"] !== actor.userId
        ? "Only its author may change this."
        : onlyFields(changes, noteFields, "Only the text can be changed."),
  remove: (actor, current) =>
    !writtenKinds.has(current["kind"])
      ? serverOnly
      : current["byId"] === actor.userId || leads(actor, current) || "Only its author may delete this.",
};

const draftStates: ReadonlySet<unknown> = new Set(["draft", "queued"]);
const draftFields: ReadonlySet<string> = new Set(["subject", "text", "status", "channel", "leadId"]);
const messages: Rule = {
  create: (actor, fields) =>
    (fields["direction"] === "outbound" &&
      draftStates.has(fields["status"]) &&
      fields["byId"] === actor.userId) ||
    "You can write only drafts in your own name.",
  update: (actor, current, changes) =>
    !isOwnDraft(actor, current)
      ? "Only its author may change a draft, and nobody what was sent."
      : "status" in changes && !draftStates.has(changes["status"])
        ? { field: "status", message: "Only Ringside itself says what became of a message." }
        : onlyFields(changes, draftFields, "Only a draft's text can be changed."),
  remove: (actor, current) => isOwnDraft(actor, current) || "Only its author may delete a draft.",
};

const answers: ReadonlySet<unknown> = new Set(["viewed", "accepted", "dismissed"]);
/** What a desk recommends is worked out there; a record is what somebody made of it. */
const recommendations: Rule = {
  ...nobody,
  create: (actor, fields) =>
    (fields["ownerId"] === actor.userId && answers.has(fields["status"])) ||
    "You can answer only in your own name.",
  update: (actor, current, changes) =>
    (current["ownerId"] === actor.userId && isAnswerOf(current, changes)) ||
    "Only who was asked may answer this.",
};

/** Two devices of one person may have answered at once: the other words of the second are no fault. */
function isAnswerOf(current: Fields, changes: Fields): boolean {
  const stays = ["ownerId", "leadId"].every((field) => (changes[field] ?? current[field]) === current[field]);
  return stays && answers.has(changes["status"] ?? current["status"]);
}

/** Written by the server from what it heard or was told; whom a conversation was with, people say. */
const heardKinds: ReadonlySet<unknown> = new Set(["report", "chat", "approval"]);
const coachKinds: ReadonlySet<unknown> = new Set(["assignment", "scoring"]);
const saidFields: ReadonlySet<string> = new Set(["text", "useful", "done", "state", "atMs"]);
const aboutFields = ["kind", "callId", "leadId", "agentId", "teamId"] as const;
const insights: Rule = {
  create(actor, fields, id) {
    if (heardKinds.has(fields["kind"])) return serverOnly;
    if (!isInsightId(fields["kind"], id)) return "Another kind of record is called so.";
    return coachKinds.has(fields["kind"]) && actor.role === "agent"
      ? "Only a manager or an admin may do this."
      : fields["byId"] === actor.userId || "You can write only in your own name.";
  },
  update(actor, current, changes) {
    if (current["kind"] === "chat") return onlyFields(changes, new Set(["leadId"]), serverOnly);
    if (heardKinds.has(current["kind"])) return serverOnly;
    const moved = aboutFields.find((field) => field in changes);
    if (moved) return { field: moved, message: "Whom and what it is about is set once." };
    if (!coachKinds.has(current["kind"]))
      return current["byId"] === actor.userId
        ? onlyFields(changes, saidFields, "Only what it says can be changed.")
        : "Only its author may change this.";
    if (current["byId"] === actor.userId || leads(actor, current)) return true;
    return current["kind"] === "assignment" && current["agentId"] === actor.userId
      ? onlyFields(changes, new Set(["status"]), "Only whether it is done can be changed.")
      : "Only its author or their manager may change this.";
  },
  remove: (actor, current) =>
    heardKinds.has(current["kind"])
      ? serverOnly
      : current["byId"] === actor.userId || leads(actor, current) || "Only its author may delete this.",
};

const ownKinds: ReadonlySet<unknown> = new Set(["view", "import-mapping"]);
const signInKinds: ReadonlySet<unknown> = new Set(["person", "team"]);
const settings: Rule = {
  create: (actor, fields) => maySet(actor, fields),
  update(actor, current, changes) {
    const before = maySet(actor, current);
    return before === true ? maySet(actor, { ...current, ...changes }) : before;
  },
  remove: (actor, current) =>
    current["kind"] === "business" ? "Every organisation has one." : maySet(actor, current),
};

const rules: Record<CollectionName, Rule> = {
  settings,
  leads: worked,
  tasks: worked,
  deals: worked,
  appointments: worked,
  calls,
  listings,
  activities,
  messages,
  tickets: worked,
  recommendations,
  insights,
  segments: nobody,
};

function judgeUpdate(actor: Actor, rule: Rule, current: Fields, changes: Fields, writers: Writers): Verdict {
  const fixed = ["byId", "importId"].find(
    (field) => field in changes && changes[field] !== readField(current, field),
  );
  if (fixed) return { field: fixed, message: "This is set once, when the record is made." };
  return rule.update(actor, current, changes, writers);
}

function maySet(actor: Actor, setting: Fields): Verdict {
  if (setting["kind"] === "conversion") return serverOnly;
  if (signInKinds.has(setting["kind"])) return "People and teams are changed in the admin console.";
  if (isAdmin(actor)) return true;
  if (!ownKinds.has(setting["kind"])) return "Only an admin may change this.";
  return setting["ownerId"] === actor.userId || "You can change only what is your own.";
}

const ownerFields = ["ownerId", "assigneeId"] as const;
/** What says whose a record is. */
export const handedOver: ReadonlySet<string> = new Set([...ownerFields, "teamId"]);

/** Null where nothing is handed over. */
function mayHandOver(actor: Actor, current: Fields, changes: Fields, writers: Writers): Verdict | null {
  if (leads(actor, current) || isTheirs(actor, current)) return null;
  const field = [...handedOver].find(
    (name) =>
      name in changes && changes[name] !== (current[name] ?? null) && !mayTakeBack(actor, name, writers),
  );
  if (field === undefined) return null;
  return { field, message: "Only its owner, their manager or an admin may hand this over." };
}

/**
 * [PUSH-10] Whether this person wrote the field last, and nobody else has written to the record since. Ringside's own
 * writing, in nobody's name, is nobody's work.
 *
 * @param field `*` = the record itself, since it was made
 */
function mayTakeBack({ userId }: Actor, field: string, writers: Writers): boolean {
  if (writers === "unknown") return true;
  const own = writers[field] ?? writers["*"];
  if (own?.byId !== userId) return false;
  return Object.values(writers)
    .flatMap((last) => [last, last.over ?? last])
    .every(({ rev, byId }) => rev <= own.rev || byId === userId || (byId as string) === "");
}

function mayLiftDoNotCall(actor: Actor, current: Fields, changes: Fields, writers: Writers): Verdict | null {
  if (actor.role !== "agent" || changes["doNotCall"] !== false || current["doNotCall"] !== true) return null;
  if (mayTakeBack(actor, "doNotCall", writers)) return null;
  return { field: "doNotCall", message: "Only a manager or an admin may allow calls again." };
}

/** An admin leads everything; a manager what belongs to a team of theirs, or to no team. */
function leads(actor: Actor, record: Fields): boolean {
  if (isAdmin(actor)) return true;
  const team = record["teamId"] ?? null;
  return actor.role === "manager" && (team === null || actor.teamIds.includes(team as string));
}

function isTheirs(actor: Actor, record: Fields): boolean {
  const owners = ownerFields.map((field) => record[field] ?? null).filter((owner) => owner !== null);
  return owners.length === 0 || owners.includes(actor.userId);
}

function isOwnDraft(actor: Actor, message: Fields): boolean {
  return message["byId"] === actor.userId && message["status"] === "draft";
}

function isAdmin(actor: Actor): boolean {
  return actor.role === "admin" || actor.role === "operator";
}

function onlyFields(changes: Fields, allowed: ReadonlySet<string>, message: string): Verdict {
  const field = Object.keys(changes).find((name) => !allowed.has(name));
  return field === undefined || { field, message };
}

function asTargets(changes: Readonly<Record<string, { to: FieldValue }>>): Fields {
  return Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
}

function asChanges(fields: Fields): Fields {
  const { custom: _custom, ...own } = fields;
  return own;
}

function describe(verdict: Exclude<Verdict, true>): { message: string; field?: string } {
  return typeof verdict === "string" ? { message: verdict } : verdict;
}
