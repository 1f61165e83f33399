import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { DrawAnswer, picturePaths } from "../../../shared/assistant/listings/picture-wire.ts";
import { unaskedProvider } from "../../../testing/ai/sample-attempt.ts";
import { somePng } from "../../../testing/ai/some-png.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { someListing } from "../../../testing/fakes/some-story.ts";
import { withoutVectors } from "../../../testing/matching/without-vectors.ts";
import { createTestDatabase } from "../../../testing/postgres/test-database.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import {
  createTestIdentities,
  people,
  testTenant as tenantId,
} from "../../../testing/server/test-identities.ts";
import type { DrawQuestion } from "../../ai/index.ts";
import { inSystem, inTenant, openDatabase, rowsOf } from "../../database/index.ts";
import { saveRecords } from "../../sync/index.ts";
import { addAssistant } from "../index.ts";
import { drawJob } from "./draw-job.ts";

// What two nodes on one database show.

const identities = createTestIdentities();
const { token } = identities.signIn(people.ana);
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let one: TestServer;
let two: TestServer;
const told: DrawQuestion[] = [];
const painted = Promise.withResolvers<void>();

const { ai } = stageGateway([
  routeOf(
    {
      ...unaskedProvider,
      async draw(question) {
        told.push(question);
        await painted.promise;
        return { ok: true, value: { bytes: somePng, mimeType: "image/png", usage: null } };
      },
    },
    { role: "picture", label: "Painter" },
  ),
]);

async function startNode(): Promise<TestServer> {
  return startTestServer({
    identities,
    db: await openDatabase({ kind: "postgres", url: database.url, poolSize: 8 }),
    add: async ({ app, ...context }) => {
      const rest = { matching: withoutVectors, audited: async () => {}, firstModel: async () => "" };
      addAssistant(app, { ...context, ...rest, ai });
      return { stop: async () => {} };
    },
  });
}

beforeAll(async () => {
  database = await createTestDatabase(inject("postgresUrl"));
  [one, two] = [await startNode(), await startNode()];
  await inTenant(
    one.db,
    { tenantId },
    (tx) =>
    saveRecords(tx, tenantId, "listings", [{ ...someListing(), id: "listing-1" } as never], { now: new Date().toISOString() }), // prettier-ignore
  );
});
afterAll(async () => {
  painted.resolve();
  await Promise.all([one.close(), two.close()]);
  await database.drop();
});

const soon = (read: () => unknown) => expect.poll(read, { timeout: 30_000, interval: 20 });
const jobsLeft = () =>
  inSystem(one.db, (tx) =>
    rowsOf<{ asked: number }>(tx, sql`SELECT asked::int AS asked FROM jobs WHERE kind = ${drawJob}`),
  );

async function draw(node: TestServer): Promise<DrawAnswer> {
  const answer = await fetch(node.url + picturePaths.draw, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ id: "picture-1", listingId: "listing-1" }),
  });
  return DrawAnswer.parse(await answer.json());
}

test("a desk that asks another node for what is being drawn waits for that one: it is drawn, and paid for, once", async () => {
  const first = draw(one);
  await soon(() => told.length).toBe(1);
  const [before] = await jobsLeft();
  const second = draw(two);
  await soon(async () => (await jobsLeft())[0]?.asked).toBe((before?.asked ?? 0) + 1);
  painted.resolve();
  expect(await second).toEqual(await first);
  expect(await first).toMatchObject({
    by: "model",
    model: "Painter",
    picture: { id: "picture-1", number: 1 },
  });
  await soon(jobsLeft).toEqual([]);
  expect(told).toHaveLength(1);
});
