import type { CollectionName } from "../../../shared/entities/collections.ts";

const screens: Partial<Record<CollectionName, string>> = {
  tasks: "/tasks",
  deals: "/deals",
  listings: "/listings",
};

/** The screen on which people work with a record: its lead's where it hangs on one. */
export function placeOfRecord(record: {
  collection: CollectionName;
  id: string;
  leadId: string | null;
}): string {
  if (record.collection === "leads") return `/leads/${record.id}`;
  const screen = screens[record.collection];
  if (record.leadId && record.collection !== "deals") return `/leads/${record.leadId}`;
  return screen ? `${screen}?open=${record.id}` : "/leads";
}
