import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeLead } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createLeadProfile } from "../leads/lead-profile.ts";

const id = "lead-1" as RecordId;
let replica: TestReplica;

beforeEach(async () => {
  replica = await openTestReplica();
  const doc = makeLead({ id, city: "Berlin" });
  await replica.takeTurn(() => replica.layers.receive("leads", [doc as unknown as Doc], []));
  await replica.edits.apply([{ kind: "update", collection: "leads", id, set: { city: "Bonn" } }], "Moved");
});
afterEach(() => replica.dispose());

/** What a push does when the server has taken the edits so far: the record first, the journal last. */
async function takeAll(): Promise<void> {
  const edits = replica.journal.unsent().map(({ edit }) => edit);
  const said = makeLead({ id, city: "Bonn", rev: 2 });
  await replica.takeTurn(async () => {
    const tidy = await replica.layers.uncover(edits, new Map([[`leads/${id}`, said as unknown as Doc]]));
    await replica.journal.append(edits.map(({ editId }) => ({ type: "answered", editId })));
    await tidy();
  });
}

test("a list that looks again because the server took an edit finds it sent", async () => {
  expect(replica.edits.waitingFields("leads", id)).toEqual(["city"]);
  const seen: (readonly string[])[] = [];
  replica.reads.onChange(() => seen.push(replica.edits.waitingFields("leads", id)));
  await takeAll();
  expect(seen).toEqual([[]]);
  expect(replica.edits.waitingFields("leads", id)).toEqual([]);
});

test("an edit that comes while another one leaves waits to be sent", async () => {
  await takeAll();
  await replica.edits.apply([{ kind: "update", collection: "leads", id, set: { city: "Kiel" } }], "Moved");
  expect(replica.edits.waitingFields("leads", id)).toEqual(["city"]);
});

test("a profile says that an edit is sent once it is, though its record changed before", async () => {
  const profile = watch(createLeadProfile(replica.reads, replica.journal, systemClock), { id });
  expect((await profile.next()).unsent.waiting).toEqual(["city"]);
  await takeAll();
  await expect.poll(() => profile.last()?.unsent.waiting).toEqual([]);
  profile.stop();
});
