import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTestDatabase } from "../../testing/postgres/test-database.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { createTestDevice, edit } from "../../testing/server/test-device.ts";
import { createTestIdentities, people, testTenant } from "../../testing/server/test-identities.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import type { PushResponse } from "../../shared/sync/wire.ts";
import { openDatabase } from "../database/index.ts";

/** What only several connections can show: transactions that interleave, and two nodes. */
describe("one PostgreSQL", () => {
  const identities = createTestIdentities();
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let [one, two]: TestServer[] = [];
  const node = async () =>
    startTestServer({
      identities,
      db: await openDatabase({ kind: "postgres", url: database.url, poolSize: 8 }),
    });
  const nodes = () => {
    if (one === undefined || two === undefined) throw new Error("the nodes did not start");
    return [one, two] as const;
  };

  beforeAll(async () => {
    database = await createTestDatabase(inject("postgresUrl"));
    [one, two] = [await node(), await node()];
  });
  afterAll(async () => {
    await Promise.all([one?.close(), two?.close()]);
    await database.drop();
  });

  /** A writer that decides itself when it commits: what a slow request of another node is. */
  async function openWriter() {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("BEGIN");
    return {
      insert: (id: string) =>
        client.query(
          `INSERT INTO leads (tenant_id, id, doc, rev, audience, touched)
           VALUES ($1, $2, $3, 1, '{all,team:north}', '{}')`,
          [testTenant, id, JSON.stringify({ id, rev: 1, ...fields.lead() })],
        ),
      async finish(how: "COMMIT" | "ROLLBACK") {
        await client.query(how);
        await client.end();
      },
    };
  }

  test("[PULL-2] a transaction that took its number first and commits last is not skipped", async () => {
    const [server] = nodes();
    const ana = createTestDevice(server, people.ana);
    const [early, late] = [await openWriter(), await openWriter()];
    await early.insert("early-1");
    await late.insert("late-1");
    await late.finish("COMMIT");
    await ana.pull("leads");
    const seenBefore = ana.of("leads").map(({ id }) => id);
    await early.insert("early-2");
    await early.finish("COMMIT");
    await ana.pull("leads");
    const seen = ana.of("leads").map(({ id }) => id);
    // The late one must wait: handing it out would move the checkpoint past the early one.
    expect(seenBefore).not.toContain("late-1");
    expect(seen).toEqual(expect.arrayContaining(["early-1", "early-2", "late-1"]));
  });

  test("[PULL-2] random interleavings: a device that pulls all the time ends with everything, once", async () => {
    const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const [server] = nodes();
    const ana = createTestDevice(server, people.ana);
    const committed: string[] = [];
    const open: { ids: string[]; writer: Awaited<ReturnType<typeof openWriter>> }[] = [];
    let interleaved = 0;
    for (let step = 0; step < 120; step += 1) {
      const choice = random();
      if (choice < 0.35 || open.length === 0) open.push({ ids: [], writer: await openWriter() });
      else if (choice < 0.7) {
        const chosen = open[Math.floor(random() * open.length)];
        const id = `step-${seed}-${step}`;
        await chosen?.writer.insert(id);
        chosen?.ids.push(id);
      } else {
        const [chosen] = open.splice(Math.floor(random() * open.length), 1);
        const how = random() < 0.8 ? "COMMIT" : "ROLLBACK";
        await chosen?.writer.finish(how);
        if (how === "COMMIT") committed.push(...(chosen?.ids ?? []));
        if (open.length > 0) interleaved += 1;
      }
      if (random() < 0.5) await ana.pull("leads", 1 + Math.floor(random() * 3));
    }
    for (const { ids, writer } of open) {
      await writer.finish("COMMIT");
      committed.push(...ids);
    }
    await ana.pull("leads");
    const seen = ana.of("leads").filter(({ id }) => id.startsWith(`step-${seed}-`));
    expect(seen.map(({ id }) => id).sort(), `seed ${seed}`).toEqual(committed.sort());
    expect(interleaved, `seed ${seed}: nothing interleaved`).toBeGreaterThan(5);
  });

  test("[STREAM-6] a change behind an open transaction comes when that one ends, also when it wrote nothing", async () => {
    const [server] = nodes();
    const ana = createTestDevice(server, people.ana);
    const stream = await ana.listen();
    await stream.welcomed();
    const holding = await openWriter();
    await holding.insert("held-never");
    const writer = await openWriter();
    await writer.insert("held-1");
    await writer.finish("COMMIT");
    await expect(stream.batchWith("held-1", 300)).rejects.toThrow("no such message");
    // Rolled back: nobody announces anything, the reader has to look by itself.
    await holding.finish("ROLLBACK");
    expect((await stream.batchWith("held-1")).docs).toHaveLength(1);
    await stream.close();
  });

  test("[STREAM-6] a device that arrives while a committed change is held back gets it too", async () => {
    const [server] = nodes();
    const holding = await openWriter();
    await holding.insert("held-never-2");
    const writer = await openWriter();
    await writer.insert("held-2");
    await writer.finish("COMMIT");
    const ana = createTestDevice(server, people.ana);
    const stream = await ana.listen();
    await stream.welcomed();
    await ana.pull("leads");
    expect(ana.get("leads", "held-2")).toBeUndefined();
    await holding.finish("ROLLBACK");
    await stream.batchWith("held-2");
    await stream.close();
  });

  test("[STREAM-5] two nodes behave as one: changes, presence, idempotence", async () => {
    const [first, second] = nodes();
    const ana = createTestDevice(first, people.ana);
    const max = createTestDevice(second, people.max);
    const [atFirst, atSecond] = [await ana.listen(), await max.listen()];
    await Promise.all([atFirst.welcomed(), atSecond.welcomed()]);
    const told = (userId: string) => (message: { type: string; people?: { userId: string }[] }) =>
      message.type === "presence" && (message.people ?? []).some((entry) => entry.userId === userId);
    await Promise.all([atFirst.next(told("max")), atSecond.next(told("ana"))]);
    const creation = edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" }));
    await ana.push(creation);
    await atSecond.batchWith(creation.id);
    const update = edit.update("leads", creation.id, 1, { city: { from: "", to: "Bern" } });
    const anaAtSecond = { ...first, url: second.url };
    const [direct, roundabout] = await Promise.all([
      ana.push(update),
      fetch(`${anaAtSecond.url}/api/v1/sync/push`, {
        method: "POST",
        headers: { authorization: `Bearer ${ana.token}`, "content-type": "application/json" },
        body: JSON.stringify({ ...ana.base, edits: [update], settled: [] }),
      }).then(async (response) => (await response.json()) as PushResponse),
    ]);
    expect(direct[0]).toMatchObject({ outcome: "accepted", doc: { rev: 2 } });
    expect(roundabout.results[0]).toMatchObject({ outcome: "accepted", doc: { rev: 2 } });
    await Promise.all([atFirst.close(), atSecond.close()]);
  });

  test("a listening connection that breaks comes back, and what was missed is read", async () => {
    const [server] = nodes();
    const ana = createTestDevice(server, people.ana);
    const stream = await ana.listen();
    await stream.welcomed();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const killed = await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ringside listen' AND datname = current_database()",
    );
    await client.end();
    expect(killed.rowCount).toBeGreaterThan(0);
    const lead = edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" }));
    await ana.push(lead);
    await stream.batchWith(lead.id);
    await stream.close();
  });

  test("concurrent pushes in any order never deadlock", async () => {
    const [server] = nodes();
    const workers = Array.from({ length: 6 }, () => createTestDevice(server, people.max));
    const leads = Array.from({ length: 6 }, () => edit.create("leads", fields.lead({ teamId: "north" })));
    await workers[0]?.push(...leads);
    const tasks = leads.map(({ id }) => edit.create("tasks", fields.task({ leadId: id })));
    await workers[0]?.push(...tasks);
    await Promise.all(
      workers.map(async (worker, n) => {
        for (let round = 0; round < 6; round += 1) {
          const team = (n + round) % 2 ? "south" : "north";
          const edits = [
            ...tasks.map(({ id }) =>
              edit.update("tasks", id, 999, { title: { from: "", to: `${n}.${round}` } }),
            ),
            ...leads.map(({ id }) => edit.update("leads", id, 999, { teamId: { from: "", to: team } })),
          ];
          await worker.push(...(n % 2 ? edits : edits.toReversed()));
        }
      }),
    );
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("SELECT pg_stat_force_next_flush()");
    const { rows } = await client.query<{ deadlocks: string }>(
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    );
    await client.end();
    expect(Number(rows[0]?.deadlocks)).toBe(0);
  });
});
