import type { CollectionName } from "../entities/collections.ts";
import type { Role, Setting } from "../entities/setting.ts";
import type { Doc } from "./fields.ts";

/**
 * Who may see a record, as keys: `tenant` (everybody of it), `team:<id>`, `user:<id>`, `all` (its admins).
 * A person holds keys too; a record is theirs when the two sets meet.
 */
export type AudienceKey = string;

export type Viewer = { userId: string; role: Role; teamIds: readonly string[] };

/** Sorted, so that two equal scopes have the same text. */
export function keysOf(viewer: Viewer): AudienceKey[] {
  const keys = ["tenant", `user:${viewer.userId}`, ...viewer.teamIds.map((team) => `team:${team}`)];
  if (viewer.role === "admin" || viewer.role === "operator") keys.push("all");
  return keys.sort();
}

/** Names the set of records that a person may see: when it changes, what they hold must be compared anew. */
export function scopeOf(viewer: Viewer): string {
  return keysOf(viewer).join(" ");
}

/** [AUD-4] The scope as it goes over the wire: the person's keys in this epoch of the feed. */
export function wireScope(viewer: Viewer, feedEpoch: string): string {
  return `${scopeOf(viewer)} epoch:${feedEpoch}`;
}

/** The only part of a scope that a device reads: another one means that the server was put back to a backup. */
export function epochOf(scope: string): string {
  return / epoch:(\S+)$/u.exec(scope)?.[1] ?? "";
}

const ownerFields = ["ownerId", "assigneeId", "agentId"] as const;

/**
 * @param shared.lead the audience of the lead that the record belongs to, if any: whoever sees the lead sees its story
 * @param shared.hadIt as `whoHadIt` tells
 */
export function audienceOf(
  collection: CollectionName,
  doc: Doc,
  { lead = [], hadIt = [] }: { lead?: readonly AudienceKey[]; hadIt?: readonly string[] } = {},
): AudienceKey[] {
  if (collection === "settings") return settingAudience(doc as unknown as Setting);
  if (collection === "listings") return ["all", "tenant"];
  const keys = new Set<AudienceKey>(["all", ...lead]);
  for (const field of ownerFields) if (typeof doc[field] === "string") keys.add(`user:${doc[field]}`);
  if (typeof doc["teamId"] === "string") keys.add(`team:${doc["teamId"]}`);
  // Nobody's record is everybody's, otherwise nobody would ever pick it up.
  if (keys.size === 1) keys.add("tenant");
  for (const userId of hadIt) keys.add(`user:${userId}`);
  return [...keys].sort();
}

/**
 * [AUD-7] Who had a call and gave it away keeps seeing it, what was said in it and its report, of whichever team whoever
 * has it now is.
 * @param call the call that a segment is of, if it is known
 */
export function whoHadIt(collection: CollectionName, doc: Doc, call: Doc | null): string[] {
  if (collection === "calls") return formerAgentsOf(doc);
  if (collection === "segments") return call === null ? [] : formerAgentsOf(call);
  const parts = collection === "insights" ? (doc["parts"] as { agentId: string }[] | undefined) : [];
  return (parts ?? []).map(({ agentId }) => agentId);
}

function formerAgentsOf(call: Doc): string[] {
  const line = call["line"] as { formerAgentIds: string[] } | null | undefined;
  return line?.formerAgentIds ?? [];
}

function settingAudience(setting: Setting): AudienceKey[] {
  const own = (setting.kind === "view" || setting.kind === "import-mapping") && setting.ownerId !== null;
  return own ? ["all", `user:${setting.ownerId}`] : ["all", "tenant"];
}

/** Keys that have seen the record at any time and no longer may: their devices must forget it, however long they slept. */
export function formerAudience(
  before: readonly AudienceKey[],
  former: readonly AudienceKey[],
  now: readonly AudienceKey[],
): AudienceKey[] {
  return [...new Set([...former, ...before])].filter((key) => !now.includes(key)).sort();
}
