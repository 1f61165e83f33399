import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { forgetOldOutcomes } from "../../sync-server/sync/index.ts";
import { usualCallList } from "../../shared/calls/phone-rules.ts";
import { feedStart, isAfter, syncPaths } from "../../shared/sync/wire.ts";
import { fields } from "../fakes/blank-fields.ts";
import { describeAudience } from "./audience-suite.ts";
import { describeCalls } from "./call-suite.ts";
import { describeGoingAlong } from "./go-along-suite.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people } from "./test-identities.ts";
import { startTestServer, type TestServer } from "./start-test-server.ts";
import { describeTakingBack } from "./take-back-suite.ts";
import { describeWholeEdits } from "./whole-edits-suite.ts";

/** The rules of shared/sync/SPEC.md, over HTTP, on one kind of database. */
export function syncSuite(open: () => Promise<Database>): void {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ db: await open() });
  });
  afterAll(() => server.close());
  const device = (who: keyof typeof people, options = {}) => createTestDevice(server, people[who], options);
  const own = { ownerId: "ana", teamId: "north" };

  describe("push", () => {
    test("[PUSH-2] the same edit sent again gets the same outcome and changes nothing", async () => {
      const ana = device("ana");
      const creation = edit.create("leads", fields.lead({ ...own, notes: "one" }));
      const [first] = await ana.push(creation);
      const update = edit.update("leads", creation.id, 1, { notes: { from: "one", to: "one two" } });
      await ana.push(update);
      const [again, updatedAgain] = await ana.push(creation, update);
      expect(first).toMatchObject({ outcome: "accepted", doc: { rev: 1, notes: "one" } });
      expect(again).toMatchObject({ outcome: "accepted", doc: { rev: 2, notes: "one two" } });
      expect(updatedAgain).toMatchObject({ outcome: "accepted", doc: { rev: 2 } });
    });

    test("[PUSH-2] outcomes are forgotten when the device has stored them, or after half a year without word", async () => {
      const ana = device("ana");
      const [settled, old, young] = [1, 2, 3].map(() => edit.create("leads", fields.lead(own)));
      if (!settled || !old || !young) throw new Error("three edits were made");
      await ana.push(settled, old, young);
      await inSystem(server.db, (tx) =>
        tx.execute(sql`UPDATE edits SET at = now() - interval '181 days' WHERE edit_id = ${old.editId}`),
      );
      await forgetOldOutcomes(server.db);
      const ping = edit.create("leads", fields.lead(own));
      await ana.post(syncPaths.push, { ...ana.base, edits: [ping], settled: [settled.editId] });
      const left = await inSystem(server.db, (tx) =>
        rowsOf<{ id: string }>(tx, sql`SELECT edit_id AS id FROM edits WHERE device_id = ${ana.deviceId}`),
      );
      expect(left.map(({ id }) => id).sort()).toEqual([young.editId, ping.editId].sort());
    });

    test("[PUSH-2] the same push sent twice at once is taken once", async () => {
      const ana = device("ana");
      const creations = Array.from({ length: 50 }, () => edit.create("leads", fields.lead(own)));
      const answers = await Promise.all([1, 2, 3].map(() => ana.push(...creations)));
      for (const results of answers) {
        expect(results.map(({ outcome, doc }) => [outcome, doc?.rev])).toEqual(
          creations.map(() => ["accepted", 1]),
        );
      }
      await ana.pull("activities");
      const lines = ana.of("activities").filter(({ leadId }) => creations.some(({ id }) => id === leadId));
      expect(lines).toHaveLength(50);
    });

    test("[PUSH-5] one bad edit refuses itself and nothing else", async () => {
      const ana = device("ana");
      const good = edit.create("leads", fields.lead(own));
      const results = await ana.push(
        edit.create("leads", fields.lead({ ...own, name: "" })),
        good,
        edit.create("leads", fields.lead({ ...own, phone: "+1" })),
        edit.create("leads", { ...fields.lead(own), unheardOf: 1 }),
        edit.create("leads", { ...fields.lead(own), rev: 9 }),
        edit.create("insights", {}),
        edit.update("leads", good.id, 1, { "custom.nothing": { from: null, to: "x" } }),
      );
      expect(
        results.map((result) => (result.outcome === "refused" ? result.refusal.code : result.outcome)),
      ).toEqual([
        "invalid",
        "accepted",
        "invalid",
        "unknown-field",
        "unknown-field",
        "forbidden",
        "unknown-field",
      ]);
      const retried = edit.update("leads", good.id, 1, { name: { from: "Maria Keller", to: "Maria" } });
      expect((await ana.push(retried))[0]?.outcome).toBe("accepted");
    });

    test("[PUSH-6] answers carry the record as it stands after the whole batch", async () => {
      const ana = device("ana");
      const creation = edit.create("leads", fields.lead(own));
      const results = await ana.push(
        creation,
        edit.update("leads", creation.id, 1, { city: { from: "", to: "Bern" } }),
        edit.remove("leads", creation.id, 2),
        edit.restore("leads", creation.id, 3),
      );
      for (const { doc } of results) expect(doc).toMatchObject({ rev: 4, city: "Bern" });
    });

    test("a list in which somebody waits is not removed by a push either; who is done goes with it", async () => {
      const ada = device("admin");
      const lists = ["emptied", "waited-in"].map((key) =>
        edit.create(
          "settings",
          { ...usualCallList, kind: "call-list", key, label: key, order: 1, userIds: [], teamIds: [], archived: false }, // prettier-ignore
          `call-list:${key}`,
        ),
      );
      expect(await ada.push(...lists)).toMatchObject([{ outcome: "accepted" }, { outcome: "accepted" }]);
      await inSystem(server.db, (tx) =>
        tx.execute(
          sql`INSERT INTO call_list_entries (tenant_id, id, list_key, lead_id, priority, state, because, added_by, added_at, changed_at)
              SELECT ${server.tenantId}, key || state, key, key || state, 5, state, 'new', 'ada', now(), now()
              FROM (VALUES ('emptied', 'done'), ('waited-in', 'done'), ('waited-in', 'waiting')) AS given (key, state)`,
        ),
      );
      expect(await ada.push(...lists.map(({ id }) => edit.remove("settings", id, 1)))).toMatchObject([
        { outcome: "accepted" },
        { outcome: "refused", refusal: { message: "1 record uses this call list. Archive it instead." } },
      ]);
      const left = await inSystem(server.db, (tx) =>
        rowsOf<{ id: string }>(tx, sql`SELECT id FROM call_list_entries ORDER BY id`),
      );
      expect(left.map(({ id }) => id)).toEqual(["waited-indone", "waited-inwaiting"]);
    });

    test("custom fields are checked against the tenant's settings, also those of the same batch", async () => {
      const ada = device("admin");
      const budget = edit.create(
        "settings",
        {
          kind: "field",
          order: 1,
          collection: "leads",
          key: "budget",
          label: "Budget",
          type: "money",
          required: false,
          default: null,
          options: [],
          archived: false,
        },
        "field:leads:budget",
      );
      const results = await ada.push(
        budget,
        edit.create("leads", fields.lead({ custom: { budget: 1000 } })),
        edit.create("leads", fields.lead({ custom: { budget: "a lot" } })),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "refused"]);
      expect(results[2]).toMatchObject({ refusal: { code: "invalid", field: "custom.budget" } });
    });

    test("an option that a lead has chosen stays while others are chosen, also once it is called otherwise", async () => {
      const ada = device("admin");
      const places = { kind: "field", order: 1, collection: "leads", key: "places", label: "Places", type: "multi-select", required: false, default: null, options: ["Centre", "Docks"], archived: false }; // prettier-ignore
      const field = edit.create("settings", places, "field:leads:places");
      const lead = edit.create("leads", fields.lead({ custom: { places: ["Centre"] } }));
      await ada.push(field, lead);
      const renamed = { from: ["Centre", "Docks"], to: ["City", "Docks"] };
      await ada.push(edit.update("settings", field.id, 1, { options: renamed }));
      const choose = (from: string[], to: string[], rev: number) =>
        ada.push(edit.update("leads", lead.id, rev, { "custom.places": { from, to } }));
      expect(await choose(["Centre"], ["Centre", "Docks"], 1)).toMatchObject([{ outcome: "accepted" }]);
      expect(await choose(["Centre", "Docks"], ["Docks"], 2)).toMatchObject([{ outcome: "accepted" }]);
      expect(await choose(["Docks"], ["Centre", "Docks"], 3)).toMatchObject([{ outcome: "refused" }]);
    });

    test("history tells each change once, and one line stands for a whole import", async () => {
      const ana = device("ana");
      const lead = edit.create("leads", fields.lead(own));
      await ana.push(lead);
      await ana.push(edit.update("leads", lead.id, 1, { city: { from: "", to: "Basel" } }));
      const importId = `import-${lead.id}`;
      const imported = Array.from({ length: 20 }, () =>
        edit.create("leads", fields.lead({ ...own, importId })),
      );
      await ana.push(...imported.slice(0, 10));
      await ana.push(...imported.slice(10));
      await ana.pull("activities");
      const lines = ana.of("activities").filter(({ leadId }) => leadId === lead.id);
      expect(lines.map(({ kind }) => kind).sort()).toEqual(["change", "created"]);
      expect(lines.find(({ kind }) => kind === "change")?.["changes"]).toEqual([
        { field: "city", from: "", to: "Basel" },
      ]);
      expect(
        ana.of("activities").filter(({ kind, id }) => kind === "import" && id.includes(lead.id.slice(0, 8))),
      ).toHaveLength(1);
      expect(ana.of("activities").filter(({ leadId }) => imported.some(({ id }) => id === leadId))).toEqual(
        [],
      );
    });

    test("two people who edit different fields both count; the same field keeps the loser [EDIT-3] [EDIT-4]", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const lead = edit.create("leads", fields.lead({ ...own, city: "Bern" }));
      await ana.push(lead);
      await max.push(edit.update("leads", lead.id, 1, { city: { from: "Bern", to: "Basel" } }));
      const [merged] = await ana.push(
        edit.update("leads", lead.id, 1, {
          city: { from: "Bern", to: "Biel" },
          title: { from: "", to: "Dr" },
        }),
      );
      expect(merged).toMatchObject({
        outcome: "merged",
        doc: { city: "Biel", title: "Dr", rev: 3, kept: [{ field: "city", value: "Basel", byId: "max" }] },
      });
    });

    test("many devices editing the same records at once all get through", async () => {
      const ana = device("ana");
      const leads = Array.from({ length: 5 }, () => edit.create("leads", fields.lead(own)));
      await ana.push(...leads);
      const tasks = leads.map(({ id }) =>
        edit.create("tasks", fields.task({ leadId: id, assigneeId: "ana" })),
      );
      await ana.push(...tasks);
      const workers = Array.from({ length: 6 }, () => device("max"));
      await Promise.all(
        workers.map(async (worker, n) => {
          for (let round = 0; round < 4; round += 1) {
            const edits = [
              ...leads.map(({ id }) =>
                edit.update("leads", id, 1_000, { city: { from: "", to: `${n}-${round}` } }),
              ),
              ...leads.map(({ id }) =>
                edit.update("leads", id, 1_000, {
                  teamId: { from: "north", to: round % 2 ? "south" : "north" },
                }),
              ),
              ...tasks.map(({ id }) =>
                edit.update("tasks", id, 1_000, { title: { from: "", to: `${n}-${round}` } }),
              ),
            ];
            // Each device names the records in an order of its own: a naive server deadlocks here.
            const results = await worker.push(...(n % 2 ? edits.toReversed() : edits));
            expect(results.map(({ outcome }) => outcome)).not.toContain("refused");
          }
        }),
      );
    });
  });

  describe("pull", () => {
    test("[PULL-5] a pull from the start returns no deletions and says how many there are", async () => {
      const ana = device("ana");
      const [kept, removed] = [edit.create("listings", listing()), edit.create("listings", listing())];
      const ada = device("admin");
      await ada.push(kept, removed, edit.remove("listings", removed.id, 1));
      const [page] = await ana.pull("listings");
      expect(page?.gone).toEqual([]);
      expect(page?.total).toBe(page?.docs.length);
      expect(ana.get("listings", kept.id)).toBeDefined();
      expect(ana.get("listings", removed.id)).toBeUndefined();
    });

    test("[PULL-6] a page of exactly `limit` records that reaches the end is done", async () => {
      const tenantId = "exact";
      const ana = device("ana", { tenantId });
      await ana.push(...Array.from({ length: 10 }, () => edit.create("leads", fields.lead(own))));
      const pages = await ana.pull("leads", 5);
      expect(pages.map(({ docs, done, total }) => [docs.length, done, total])).toEqual([
        [5, false, 10],
        [5, true, null],
      ]);
      expect(await ana.pull("leads", 5)).toMatchObject([{ docs: [], done: true }]);
    });

    test("[PULL-2] [PULL-3] checkpoints only move forward, and every record comes once", async () => {
      const tenantId = "forward";
      const ana = device("ana", { tenantId });
      await ana.push(...Array.from({ length: 25 }, () => edit.create("leads", fields.lead(own))));
      const pages = await ana.pull("leads", 4);
      const ids = pages.flatMap(({ docs }) => docs.map(({ id }) => id));
      expect(new Set(ids).size).toBe(25);
      expect(ids).toHaveLength(25);
      pages.reduce((before, { checkpoint }) => {
        expect(isAfter(checkpoint, before)).toBe(true);
        return checkpoint;
      }, feedStart);
    });

    test("[SES-1] a desk of another protocol, another device or no sign-in is refused with its reason", async () => {
      const ana = device("ana");
      const request = { ...ana.base, collection: "leads", checkpoint: feedStart, scope: "", limit: 5 };
      const newer = await ana.post(syncPaths.pull, { ...request, protocol: 99 });
      expect([newer.status, newer.body]).toMatchObject([426, { error: { code: "update-required" } }]);
      // What it says more is no fault of its edits: called a bad request, it would refuse them one by one.
      const saysMore = { ...ana.base, protocol: 99, edits: [], settled: [], more: 1 };
      const newerPush = await ana.post(syncPaths.push, saysMore);
      expect([newerPush.status, newerPush.body]).toMatchObject([426, { error: { code: "update-required" } }]);
      const foreign = await ana.post(syncPaths.pull, { ...request, device: "somebody-else" });
      expect([foreign.status, foreign.body]).toMatchObject([403, { error: { code: "forbidden" } }]);
      const malformed = await ana.post(syncPaths.pull, { ...request, limit: 0, more: 1 });
      expect([malformed.status, malformed.body]).toMatchObject([400, { error: { code: "bad-request" } }]);
      server.identities.change(ana.token, { code: "wiped", message: "Removed by an admin." });
      const wiped = await ana.post(syncPaths.pull, request);
      expect([wiped.status, wiped.body]).toMatchObject([401, { error: { code: "wiped" } }]);
    });

    test("text that JSON can carry comes back as it was", async () => {
      const ana = device("ana");
      const notes = `quote " backslash \\ newline \n emoji 👩‍👩‍👧 tab \t ${"ü".repeat(1000)} \u2028`;
      const lead = edit.create("leads", fields.lead({ ...own, notes }));
      await ana.push(lead);
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)?.["notes"]).toBe(notes);
    });

    test("text that PostgreSQL cannot store refuses the edit, not the server", async () => {
      const ana = device("ana");
      const [nul, surrogate] = [
        edit.create("leads", fields.lead({ ...own, notes: "a\u0000b" })),
        edit.create("leads", fields.lead({ ...own, notes: "a\ud800b" })),
      ];
      const results = await ana.push(
        nul,
        surrogate,
        edit.create("leads", { ...fields.lead(own), "a\u0000": 1 }),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "refused"]);
      expect(results[0]).toMatchObject({ refusal: { code: "invalid", field: "notes" } });
    });
  });

  describeWholeEdits(() => server);
  describeTakingBack(() => server);
  describeAudience(() => server);
  describeCalls(() => server);
  describeGoingAlong(() => server);
}

function listing(): Record<string, unknown> {
  return {
    title: "Lake view",
    address: "",
    city: "",
    type: "",
    status: "available",
    price: null,
    currency: "CHF",
    bedrooms: null,
    bathrooms: null,
    parking: null,
    landSize: null,
    features: [],
    description: "",
    ownerId: null,
    custom: {},
  };
}
