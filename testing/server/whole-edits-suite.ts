import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { inSystem, rowsOf } from "../../sync-server/database/index.ts";
import { maxPushEdits, syncPaths } from "../../shared/sync/wire.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { TestServer } from "./start-test-server.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people } from "./test-identities.ts";

/** Edits as wholes, as shared/sync/SPEC.md has them. @param server which runs when the tests do */
export function describeWholeEdits(server: () => TestServer): void {
  const device = (who: keyof typeof people) => createTestDevice(server(), people[who]);
  const own = { ownerId: "ana", teamId: "north" };

  describe("an edit", () => {
    test("[EDIT-1] is refused whole where one of its fields is not taken", async () => {
      const ana = device("ana");
      const lead = edit.create("leads", fields.lead({ ...own, city: "Bern", phone: "" }));
      await ana.push(lead);
      const half = edit.update("leads", lead.id, 1, {
        city: { from: "Bern", to: "Basel" },
        phone: { from: "", to: "+1" },
      });
      expect(await ana.push(half)).toMatchObject([
        { outcome: "refused", refusal: { field: "phone" }, doc: { rev: 1, city: "Bern", phone: "" } },
      ]);
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)).toMatchObject({ rev: 1, city: "Bern", phone: "" });
    });

    test.each([
      ["a year ahead", "2099-01-01T00:00:00.000Z", "1999-01-01T00:00:00.000Z"],
      ["years behind", "1999-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"],
    ])(
      "[EDIT-5] that comes first from a clock %s is beaten by what comes later",
      async (_how, first, then) => {
        const [ana, max] = [device("ana"), device("max")];
        const lead = edit.create("leads", fields.lead({ ...own, city: "Bern" }));
        await ana.push(lead);
        const to = (city: string, at: string) => ({
          ...edit.update("leads", lead.id, 1, { city: { from: "Bern", to: city } }),
          at,
        });
        await max.push(to("Basel", first));
        expect(await ana.push(to("Biel", then))).toMatchObject([
          { doc: { city: "Biel", kept: [{ field: "city", value: "Basel", byId: "max" }] } },
        ]);
      },
    );

    test("[PUSH-10] that hands over or makes for somebody is taken back by its author alone, until others have written", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const tom = createTestDevice(server(), { ...people.ana, userId: "tom" as never, name: "Tom" });
      const lead = edit.create("leads", fields.lead(own));
      const task = edit.create("tasks", fields.task({ assigneeId: "tom", teamId: "north" }));
      const owned = (from: string, to: string) => edit.update("leads", lead.id, 9, { ownerId: { from, to } });
      const refused = [{ outcome: "refused", refusal: { code: "forbidden" } }];
      await ana.push(lead, task, owned("ana", "max"));
      expect(await tom.push(owned("max", "tom"))).toMatchObject(refused);
      expect(await ana.push(owned("max", "ana"))).toMatchObject([{ doc: { ownerId: "ana" } }]);
      expect(await ana.push(edit.remove("tasks", task.id, 1))).toMatchObject([{ outcome: "accepted" }]);
      await ana.push(owned("ana", "max"));
      await max.push(edit.update("leads", lead.id, 9, { city: { from: "", to: "Bern" } }));
      expect(await ana.push(owned("max", "ana"))).toMatchObject(refused);
    });

    test("[PUSH-10] [AUD-5] that gives a record out of its author's sight is taken back by them, and by no stranger", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const tom = createTestDevice(server(), { ...people.ana, userId: "tom" as never, name: "Tom" });
      const lead = edit.create("leads", fields.lead(own));
      await ana.push(lead);
      const give = { ownerId: { from: "ana", to: "ben" }, teamId: { from: "north", to: "south" } };
      const back = { ownerId: { from: "ben", to: "ana" }, teamId: { from: "south", to: "north" } };
      expect(await ana.push(edit.update("leads", lead.id, 1, give))).toMatchObject([{ doc: null }]);
      const unseen = [{ outcome: "refused", refusal: { code: "not-found" }, doc: null }];
      expect(await tom.push(edit.update("leads", lead.id, 0, back))).toMatchObject(unseen);
      expect(await tom.push(edit.update("leads", lead.id, 0, {}))).toMatchObject(unseen);
      const more = { ...back, city: { from: "", to: "Bern" } };
      expect(await ana.push(edit.update("leads", lead.id, 0, more))).toMatchObject(unseen);
      expect(await ana.push(edit.remove("leads", lead.id, 0))).toMatchObject(unseen);
      const undo = () => ana.push(edit.update("leads", lead.id, 0, back));
      expect(await undo()).toMatchObject([{ outcome: "accepted", doc: own }]);
      await ana.push(edit.update("leads", lead.id, 3, give));
      await ben.push(edit.remove("leads", lead.id, 4));
      expect(await undo()).toMatchObject(unseen);
    });

    test("[EDIT-8] that brings back what was deleted is judged over the record that was kept", async () => {
      const ana = device("ana");
      const tom = createTestDevice(server(), { ...people.ana, userId: "tom" as never, name: "Tom" });
      const lead = edit.create("leads", fields.lead(own));
      const sort = { field: "name", direction: "asc" };
      const view = {
        kind: "view",
        name: "Mine",
        order: 0,
        ownerId: "ana",
        filters: [],
        sort,
        columns: [],
        layout: "list",
      };
      const theirs = [
        lead,
        edit.create("activities", fields.note({ leadId: lead.id, byId: "ana", ...own })),
        edit.create("settings", view),
      ];
      await ana.push(...theirs);
      for (const { collection, id } of theirs.toReversed()) {
        expect(await ana.push(edit.remove(collection, id, 1))).toMatchObject([{ outcome: "accepted" }]);
        expect(await tom.push(edit.restore(collection, id, 2))).toMatchObject([{ outcome: "refused" }]);
        const answer = await ana.push(edit.restore(collection, id, 2));
        expect(answer).toMatchObject([{ outcome: "accepted", doc: { id } }]);
      }
    });

    test("[PUSH-1] is taken after those before it; of more than a thousand at once none is", async () => {
      const ana = device("ana");
      const lead = edit.create("leads", fields.lead(own));
      const cities = Array.from({ length: maxPushEdits }, (_, n) =>
        edit.update("leads", lead.id, n + 1, { city: { from: n === 0 ? "" : `${n - 1}`, to: `${n}` } }),
      );
      const body = { ...ana.base, edits: [lead, ...cities], settled: [] };
      expect(await ana.post(syncPaths.push, body)).toMatchObject({ status: 400 });
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)).toBeUndefined();
      await ana.push(lead, ...cities.slice(0, 20));
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)).toMatchObject({ rev: 21, city: "19", kept: [] });
    });

    test.each(["leads", "tasks", "activities", "edits"])(
      "[PUSH-8] leaves nothing of itself where its %s cannot be written, and is taken when they can",
      async (table) => {
        const max = device("max");
        const lead = edit.create("leads", fields.lead(own));
        const task = edit.create("tasks", fields.task({ leadId: lead.id }));
        await max.push(lead, task);
        const handOver = edit.update("leads", lead.id, 1, {
          ownerId: { from: "ana", to: "ben" },
          teamId: { from: "north", to: "south" },
        });
        const before = await written(server(), lead.id);
        await withoutWriting(server(), table, async () => {
          await expect(max.push(handOver)).rejects.toThrow("push: 500");
        });
        expect(await written(server(), lead.id)).toEqual(before);
        expect(await max.push(handOver)).toMatchObject([{ outcome: "accepted", doc: { rev: 2 } }]);
        expect(await written(server(), lead.id)).not.toEqual(before);
      },
    );
  });
}

/** A lead, what hangs on it and its history, each with who sees it; and how many edits were taken in all. */
function written({ db }: TestServer, leadId: string): Promise<unknown[]> {
  return inSystem(db, (tx) =>
    rowsOf(
      tx,
      sql`SELECT id, audience, former, doc->>'ownerId' AS owner FROM leads WHERE id = ${leadId}
          UNION ALL SELECT id, audience, former, '' FROM tasks WHERE doc->>'leadId' = ${leadId}
          UNION ALL SELECT id, audience, former, '' FROM activities WHERE doc->>'leadId' = ${leadId}
          UNION ALL SELECT count(*)::text, '{}', '{}', '' FROM edits
          ORDER BY 1`,
    ),
  );
}

/** Has a table refuse every row, as one on a full disk would, for as long as `work` takes. */
async function withoutWriting({ db }: TestServer, table: string, work: () => Promise<void>): Promise<void> {
  const name = sql.identifier(table);
  await db.owner.execute(sql`
    CREATE FUNCTION refuse_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`);
  await db.owner.execute(sql`
    CREATE TRIGGER refuse_all BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION refuse_all()`);
  try {
    await work();
  } finally {
    await db.owner.execute(sql`DROP TRIGGER refuse_all ON ${name}`);
    await db.owner.execute(sql`DROP FUNCTION refuse_all()`);
  }
}
