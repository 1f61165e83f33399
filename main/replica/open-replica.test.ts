import { afterEach, expect, test } from "vitest";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Person } from "../../shared/entities/setting.ts";
import { createMemoryJournal } from "../../testing/fakes/edit-journal.ts";
import { openReplica, type OpenReplica } from "./open-replica.ts";
import type { RecordsChanged } from "./replica.ts";

const me = { userId: "ana" as Person["userId"], name: "Ana", role: "agent" as const, teamIds: [] };
let open: OpenReplica | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function setUp(journal = createMemoryJournal()): Promise<OpenReplica> {
  const opened = await openReplica({
    folder: "memory",
    journal,
    me,
    clock: { now: () => Date.parse("2026-03-01T10:00:00.000Z") },
    newId: () => newRecordId(),
  });
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  open = opened.value;
  return open;
}

test("what a person does is seen at once, waits in the journal, and can be taken back", async () => {
  const journal = createMemoryJournal();
  const { edits, reads } = await setUp(journal);
  const seen: RecordsChanged[] = [];
  reads.onChange((change) => seen.push(change));

  const made = await edits.apply(
    [{ kind: "create", collection: "leads", id: "lead-1", fields: { name: "Maria", "custom.budget": 300 } }],
    "Added Maria",
  );
  expect(made).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await reads.get("leads", "lead-1")).toMatchObject({
    name: "Maria",
    rev: 0,
    custom: { budget: 300 },
  });
});
