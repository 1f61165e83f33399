import type { CollectionName } from "../../../shared/entities/collections.ts";

const titleFields = ["name", "title", "label", "subject", "key"] as const;

const kinds: Readonly<Record<CollectionName, string>> = {
  settings: "A setting",
  leads: "A lead",
  tasks: "A task",
  deals: "A deal",
  appointments: "An appointment",
  calls: "A call",
  listings: "A listing",
  activities: "A note",
  messages: "A message",
  tickets: "A ticket",
  recommendations: "A recommendation",
  insights: "An insight",
  segments: "A part of a transcript",
};

/** What people call a record. @param fields of it, as far as they are known */
export function titleOf(
  collection: CollectionName,
  fields: Readonly<Record<string, unknown>> | null,
): string {
  const named = titleFields
    .map((field) => fields?.[field])
    .find((value) => typeof value === "string" && value);
  return (named as string | undefined) ?? kinds[collection];
}

/** The lead that a record is about, if any. */
export function leadIdOf(
  collection: CollectionName,
  id: string,
  fields: Readonly<Record<string, unknown>> | null,
): string | null {
  if (collection === "leads") return id;
  return typeof fields?.["leadId"] === "string" ? fields["leadId"] : null;
}
