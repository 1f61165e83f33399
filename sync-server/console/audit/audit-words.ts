import type { z } from "zod";
import type { AuditEntry } from "../../admin/wire.ts";

export type Entry = z.output<typeof AuditEntry>;

/** What was done, by the names that the server writes. */
const deeds: Record<string, string> = {
  "session.begin": "Signed in",
  "session.end": "Ended a session",
  "password.change": "Changed the password",
  "password.link": "Made a password link",
  "password.reset": "Set a new password",
  "second-factor.add": "Set up a second factor",
  "second-factor.remove": "Removed the second factor",
  "second-factor.reset": "Reset a second factor",
  "member.join": "Joined",
  "member.change": "Changed a person",
  "member.sign-out": "Signed a person out",
  "invitation.create": "Invited somebody",
  "invitation.cancel": "Took an invitation back",
  "identity-provider.create": "Added an identity provider",
  "identity-provider.change": "Changed an identity provider",
  "identity-provider.secret": "Replaced a client secret",
  "identity-provider.forget": "Forgot who is who at an identity provider",
  "identity-provider.remove": "Removed an identity provider",
  "team.create": "Made a team",
  "team.change": "Changed a team",
  "team.remove": "Removed a team",
  "call.blocked": "Was kept from calling",
  "recordings.import": "Brought recordings in",
  "recordings.remove": "Took recordings out again",
  "call.end": "Ended a colleague’s call",
  "call.consent": "Noted whether a call may be recorded",
  "phone-rules.change": "Changed the phone rules",
  "phone-account.create": "Added a telephone account",
  "phone-account.change": "Changed a telephone account",
  "phone-account.credentials": "Replaced secrets of a telephone account",
  "phone-account.remove": "Removed a telephone account",
  "phone-line.change": "Chose the account for calls",
  "phone-number.add": "Added a number",
  "phone-number.bring-in": "Brought in numbers",
  "phone-number.change": "Changed whom a number rings",
  "phone-number.remove": "Removed a number",
  "do-not-call.add": "Added a number not to call",
  "do-not-call.import": "Added numbers not to call",
  "do-not-call.remove": "Allowed a number again",
  "business.change": "Configured the business",
  "playbook.draft": "Began a draft of a playbook",
  "playbook.publish": "Published a playbook",
  "playbook.discard": "Discarded a draft of a playbook",
  "bot.create": "Made a bot",
  "bot.change": "Changed a bot",
  "bot.delete": "Took a bot away",
  "chat.read": "Read a visitor’s conversation",
  "device.revoke": "Revoked a device",
  "device.wipe": "Wiped a device",
  "tenant.create": "Made a tenant",
  "tenant.suspend": "Suspended a tenant",
  "tenant.resume": "Resumed a tenant",
  "tenant.change": "Noted what a tenant has bought",
  "ai-account.create": "Added an account with a provider of models",
  "ai-account.change": "Changed an account with a provider of models",
  "ai-account.key": "Replaced the key of a provider of models",
  "ai-account.remove": "Removed an account with a provider of models",
  "ai-model.create": "Added a model",
  "ai-model.change": "Changed a model",
  "ai-model.price": "Changed the price of a model",
  "ai-model.choose": "Chose whether a model may answer",
  "ai-model.remove": "Removed a model",
  "ai-own-models.change": "Chose whether people may ask models of their own",
  "ai-limit.create": "Added an AI limit",
  "ai-limit.change": "Changed an AI limit",
  "ai-limit.remove": "Removed an AI limit",
  "ai-retention.change": "Changed how long AI requests and chats are kept",
  "letter-rules.change": "Changed which letters need a second person",
  "ai-approval.ask": "Asked for a letter to be approved",
  "ai-approval.approve": "Approved a letter",
  "ai-approval.reject": "Refused a letter",
};
const listed: Record<string, string> = {
  field: "a custom field",
  stage: "a stage",
  disposition: "a disposition",
  queue: "a queue",
  greeting: "a greeting",
  "break-reason": "a break reason",
  "call-list": "a call list",
  playbook: "a playbook",
  scorecard: "a scorecard",
  setting: "a setting",
};
const verbs: Record<string, string> = {
  record: "Recorded",
  create: "Added",
  change: "Changed",
  update: "Changed",
  remove: "Removed",
  delete: "Removed",
  order: "Moved",
};

/** "Revoked a device"; an action of a newer server stays as it is written. */
export function sayDeed(action: string): string {
  const known = deeds[action];
  if (known) return known;
  const [about = "", what = ""] = action.split(".");
  const noun = listed[about];
  const verb = verbs[what];
  return noun && verb ? `${verb} ${noun}` : action;
}

/** What one may look for: the beginning of an action, and its name. */
export const kindsOfDeed: readonly { value: string; label: string }[] = [
  { value: "session.", label: "Sign-ins and sessions" },
  { value: "password.", label: "Passwords" },
  { value: "second-factor.", label: "Second factors" },
  { value: "member.", label: "People" },
  { value: "invitation.", label: "Invitations" },
  { value: "identity-provider.", label: "Identity providers" },
  { value: "team.", label: "Teams" },
  { value: "device.", label: "Devices" },
  { value: "field.", label: "Custom fields" },
  { value: "stage.", label: "Stages" },
  { value: "disposition.", label: "Dispositions" },
  { value: "queue.", label: "Queues" },
  { value: "greeting.", label: "Greetings" },
  { value: "break-reason.", label: "Break reasons" },
  { value: "call-list.", label: "Call lists" },
  { value: "playbook.", label: "Playbooks" },
  { value: "scorecard.", label: "Scorecards" },
  { value: "phone-rules.", label: "Phone rules" },
  { value: "phone-account.", label: "Telephone accounts" },
  { value: "phone-line.", label: "The account for calls" },
  { value: "phone-number.", label: "Numbers" },
  { value: "do-not-call.", label: "Numbers not to call" },
  { value: "call.", label: "Calls" },
  { value: "bot.", label: "Bots" },
  { value: "chat.", label: "Chats with visitors" },
  { value: "recordings.", label: "Recordings that were brought in" },
  { value: "ai-account.", label: "Accounts with providers of models" },
  { value: "ai-model.", label: "Models" },
  { value: "ai-own-models.", label: "Models of people's own" },
  { value: "ai-limit.", label: "AI limits" },
  { value: "ai-retention.", label: "How long AI requests and chats are kept" },
  { value: "ai-approval.", label: "Letters that need approval" },
  { value: "letter-rules.", label: "Rules for letters" },
  { value: "business.", label: "Business" },
  { value: "setting.", label: "Settings from desks" },
  { value: "tenant.", label: "Tenants" },
];

/** Whoever did it. */
export function sayActor({ actorName, actorId }: Pick<Entry, "actorName" | "actorId">): string {
  return actorName ?? (actorId === null ? "The server" : "Somebody who left");
}

export type AuditFilterState = {
  actorId: string | null;
  action: string | null;
  subject: string | null;
  /** Days in the reader's calendar, both included. */
  fromDay: string | null;
  toDay: string | null;
};

export const noFilter: AuditFilterState = {
  actorId: null,
  action: null,
  subject: null,
  fromDay: null,
  toDay: null,
};

export type DetailLine = { name: string; before?: string; after?: string };

type Names = ReadonlyMap<string, string>;

/**
 * What changed, a line each; values that stayed the same are left out.
 * @param names of people, teams and devices, by their ids
 */
export function detailLines(details: Entry["details"], names: Names): DetailLine[] {
  const { before, after, ...rest } = details;
  const [was, is] = [asObject(before), asObject(after)];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = fields.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  return [
    ...changed.map((field) => ({
      name: sayField(field),
      ...(field in was ? { before: sayValue(was[field], names) } : {}),
      ...(field in is ? { after: sayValue(is[field], names) } : {}),
    })),
    ...Object.entries(rest).map(([field, value]) => ({
      name: sayField(field),
      after: sayValue(value, names),
    })),
  ];
}

/** "teams" of `teamIds`, "time zone" of `timeZone`. */
function sayField(name: string): string {
  const words = name.replace(/Ids$/u, "s").replace(/(?<=.)Id$/u, "");
  return words.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return value === undefined ? {} : { value };
  return Array.isArray(value) ? { order: value } : { ...value };
}

function sayValue(value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "string") return names.get(value) ?? value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.length === 0 ? "none" : value.map((one) => names.get(one) ?? one).join(", ");
  }
  return JSON.stringify(value);
}
