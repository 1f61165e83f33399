import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { DrawAnswer, picturePaths } from "../../../shared/assistant/listings/picture-wire.ts";
import { err, ok } from "../../../shared/result/result.ts";
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
import type { DrawQuestion, ModelProvider } from "../../ai/index.ts";
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
let painted = Promise.withResolvers<Awaited<ReturnType<ModelProvider["draw"]>>>();
const picture = ok({ bytes: somePng, mimeType: "image/png" as const, usage: null });

const { ai } = stageGateway([
  routeOf(
    {
      ...unaskedProvider,
      async draw(question) {
        told.push(question);
        return painted.promise;
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
      const rest = {
        matching: withoutVectors,
        audited: async () => {},
        firstModel: async () => ({ model: "", instead: null }),
      };
      return addAssistant(app, { ...context, ...rest, ai });
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
  painted.resolve(picture);
  await Promise.all([one.close(), two.close()]);
  await database.drop();
});

const soon = (read: () => unknown) => expect.poll(read, { timeout: 30_000, interval: 20 });
const jobsLeft = () =>
  inSystem(one.db, (tx) =>
    rowsOf<{ asked: number }>(tx, sql`SELECT asked::int AS asked FROM jobs WHERE kind = ${drawJob}`),
  );

function ask(node: TestServer, id: string): Promise<Response> {
  return fetch(node.url + picturePaths.draw, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ id, listingId: "listing-1" }),
  });
}
const draw = async (node: TestServer, id: string) => DrawAnswer.parse(await (await ask(node, id)).json());

/** Asks both nodes for the same, the second while the first draws. */
async function drawOnBoth(id: string, outcome: Awaited<typeof painted.promise>): Promise<DrawAnswer[]> {
  painted = Promise.withResolvers();
  const before = told.length;
  const first = draw(one, id);
  await soon(() => told.length).toBe(before + 1);
  const [job] = await jobsLeft();
  const second = draw(two, id);
  await soon(async () => (await jobsLeft())[0]?.asked).toBe((job?.asked ?? 0) + 1);
  painted.resolve(outcome);
  const answers = await Promise.all([first, second]);
  await soon(jobsLeft).toEqual([]);
  expect(told).toHaveLength(before + 1);
  return answers;
}

test("a desk that asks another node for what is being drawn waits for that one: it is drawn, and paid for, once", async () => {
  const [first, second] = await drawOnBoth("picture-1", picture);
  expect(second).toEqual(first);
  expect(first).toMatchObject({ by: "model", model: "Painter", picture: { id: "picture-1", number: 1 } });
});

test("where no model drew it the node that waited says why, too", async () => {
  const instead = { code: "no-access", message: "The key was refused." } as const;
  const answers = await drawOnBoth("picture-2", err({ ...instead, retryAfterMs: null, usage: null }));
  for (const answer of answers) expect(answer).toMatchObject({ by: "rules", instead });
});

test("nobody draws more than six in a minute on all nodes together", async () => {
  await inSystem(one.db, (tx) =>
    tx.execute(sql`UPDATE listing_pictures SET drawn_at = drawn_at - interval '1 minute'`),
  );
  painted = Promise.withResolvers();
  const asked = ["a", "b", "c", "d", "e", "f", "g"].map((id, at) => ask(at % 2 === 0 ? one : two, id));
  // While six are drawn.
  expect((await Promise.race(asked)).status).toBe(429);
  painted.resolve(picture);
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 200, 200, 200, 200, 200, 429]);
});
