import type { RecordId } from "../../shared/entities/id.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { createRecord, editRecords } from "../../shared/rpc/contract/records.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { until } from "./desk.ts";

// What somebody does at a desk, through a window without a page.

/** Makes a lead; its id. @throws when the desk does not keep it */
export async function makeLead(client: Client, name: string, notes = ""): Promise<RecordId> {
  const fields = { name, notes };
  const made = await client.call(createRecord, { collection: "leads", fields, label: `Added ${name}` });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.id;
}

/** Types a title; what the desk answers. */
export function typeTitle(client: Client, id: RecordId, title: string) {
  const edits = [{ collection: "leads" as const, id, set: { title } as never }];
  return client.call(editRecords, { edits, label: "Typed" });
}

export function untilSent(client: Client, withinMs = 60_000): Promise<unknown> {
  return until(client, syncStatus, {}, ({ phase, waiting }) => phase === "live" && waiting === 0, withinMs);
}
