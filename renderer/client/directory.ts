import type { CollectionName } from "../../shared/entities/collections.ts";
import type { CustomField, Setting, SettingOf, Stage } from "../../shared/entities/setting.ts";

/** What a tenant's settings say, laid out for looking up: who people are, what stages and fields are called. */
export type Directory = {
  people: SettingOf<"person">[];
  teams: SettingOf<"team">[];
  personName: (userId: string | null) => string;
  /** A team that is not known (any more) is called by its id. */
  teamName: (teamId: string) => string;
  stages: (pipeline: Stage["pipeline"]) => Stage[];
  stageLabel: (pipeline: Stage["pipeline"], key: string) => string;
  /** How a call may have ended, in the order of the wrap-up. */
  dispositions: SettingOf<"disposition">[];
  /** How a call ended, also by what is not offered any more; empty where nobody has said. */
  dispositionLabel: (key: string) => string;
  /** Why somebody may take a break, in the tenant's order. */
  breakReasons: SettingOf<"break-reason">[];
  /** A reason that is not known (any more) is called by its key. */
  breakLabel: (key: string) => string;
  /** Where callers wait together. */
  queues: SettingOf<"queue">[];
  /** A queue that is not known (any more) is called by its key. */
  queueLabel: (key: string) => string;
  /** Who is called one after the other. */
  callLists: SettingOf<"call-list">[];
  /** What can be left on a machine; the first is the usual one. */
  dropGreetings: SettingOf<"greeting">[];
  customFields: (collection: CustomField["collection"]) => CustomField[];
  /** "Phone, second", "Budget": what people call the field behind a path such as `phoneSecond` or `custom.budget`. */
  fieldLabel: (collection: CollectionName, path: string) => string;
  customField: (collection: CollectionName, path: string) => CustomField | null;
  business: SettingOf<"business"> | null;
  /** The tenant's word, in lower case: "lead", "prospects". */
  term: (term: Term) => string;
};

export type Term = "lead" | "leads" | "deal" | "deals" | "listing" | "listings";

export function createDirectory(settings: readonly Setting[]): Directory {
  const all = byKind(settings);
  const peopleById = new Map(all.person.map((person) => [person.userId as string, person]));
  const [business = null] = all.business;
  const fields = all.field.filter((field) => !field.archived);
  const customField: Directory["customField"] = (collection, path) =>
    all.field.find((field) => field.collection === collection && `custom.${field.key}` === path) ?? null;
  return {
    people: all.person,
    teams: all.team,
    personName: (userId) =>
      userId === null ? "Nobody" : (peopleById.get(userId)?.name ?? "Somebody who left"),
    teamName: (teamId) => all.team.find((team) => team.teamId === teamId)?.name ?? teamId,
    stages: (pipeline) => all.stage.filter((stage) => stage.pipeline === pipeline && !stage.archived),
    stageLabel: (pipeline, key) =>
      all.stage.find((stage) => stage.pipeline === pipeline && stage.key === key)?.label ?? key,
    dispositions: all.disposition.filter(({ archived }) => !archived),
    dispositionLabel: (key) => all.disposition.find((each) => each.key === key)?.label ?? key,
    breakReasons: all["break-reason"].filter(({ archived }) => !archived),
    breakLabel: (key) => all["break-reason"].find((reason) => reason.key === key)?.label ?? key,
    queues: all.queue.filter(({ archived }) => !archived),
    queueLabel: (key) => all.queue.find((queue) => queue.key === key)?.label ?? key,
    callLists: all["call-list"].filter(({ archived }) => !archived),
    dropGreetings: all.greeting.filter(({ use, archived }) => use === "drop" && !archived),
    customFields: (collection) => fields.filter((field) => field.collection === collection),
    fieldLabel: (collection, path) => customField(collection, path)?.label ?? ownFieldLabel(path),
    customField,
    business,
    term: (term) => business?.terms[term] ?? term,
  };
}

/** Labels that a path does not give away by itself. */
const labels: Record<string, string> = {
  phoneSecond: "Phone, second",
  email: "E-mail",
  ownerId: "Owner",
  assigneeId: "Assignee",
  leadId: "Lead",
  dealId: "Deal",
  listingId: "Listing",
  teamId: "Team",
  dueAt: "Due",
  allDay: "Whole day",
  doneAt: "Done",
  remindAt: "Reminder",
  expectedCloseOn: "Expected close",
  lastContactAt: "Last contact",
  doNotCall: "Do not call",
  timeZone: "Time zone",
  landSize: "Land size",
  snoozedUntil: "Snoozed until",
  recurrence: "Repeats",
};

function ownFieldLabel(path: string): string {
  const key = path.replace(/^custom\./u, "");
  return labels[key] ?? sentenceCase(key);
}

/** "startAt" and "headcount_max" as words: "Start at", "Headcount max". */
function sentenceCase(key: string): string {
  const words = key
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type ByKind = { [K in Setting["kind"]]: SettingOf<K>[] };

function byKind(settings: readonly Setting[]): ByKind {
  const groups: Record<string, Setting[]> = {};
  for (const setting of [...settings].sort((a, b) => a.order - b.order)) {
    (groups[setting.kind] ??= []).push(setting);
  }
  const of = <K extends Setting["kind"]>(kind: K): SettingOf<K>[] => (groups[kind] ?? []) as SettingOf<K>[];
  return {
    person: of("person"),
    team: of("team"),
    field: of("field"),
    stage: of("stage"),
    disposition: of("disposition"),
    queue: of("queue"),
    "break-reason": of("break-reason"),
    "call-list": of("call-list"),
    greeting: of("greeting"),
    "phone-rules": of("phone-rules"),
    "letter-rules": of("letter-rules"),
    business: of("business"),
    playbook: of("playbook"),
    scorecard: of("scorecard"),
    conversion: of("conversion"),
    view: of("view"),
    "import-mapping": of("import-mapping"),
  };
}
