// Started by journal.kill.test.ts: appends edits as fast as it can and says which were acknowledged.
import { writeSync } from "node:fs";
import { openJournal, type JournalEntry } from "../../main/replica/journal/index.ts";
import type { Edit } from "../../shared/sync/edit.ts";

const [folder = "", first = "0"] = process.argv.slice(2);
const opened = await openJournal({ folder, key: new Uint8Array(32).fill(7) });
if (!opened.ok) throw new Error(opened.error.message);

for (let number = Number(first); ; number++) {
  const names = [`${number}-a`, `${number}-b`];
  const edits = names.map((editId): JournalEntry => {
    const edit = { kind: "delete", editId, collection: "leads", id: editId, at: "", rev: 1 };
    return { type: "edited", edit: edit as unknown as Edit, label: "x".repeat(500) };
  });
  const result = await opened.value.append(edits);
  if (result.ok) writeSync(1, `${names.join(" ")}\n`);
}
