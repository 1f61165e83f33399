import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTenant } from "../../../sync-server/database/index.ts";
import { generateLeads } from "../../../sync-server/demo/index.ts";
import { saveRecords } from "../../../sync-server/sync/index.ts";
import type { PullRequest, PullResponse } from "../../../shared/sync/wire.ts";
import { makeReplicaFolder } from "../../../testing/fakes/open-test-replica.ts";
import { isQuiet, openSyncDesk, untilSync, type SyncDesk } from "../../../testing/fakes/sync-desk.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { people } from "../../../testing/server/test-identities.ts";
import { createHttpTransport } from "./http-transport.ts";
import type { SyncTransport } from "./transport.ts";

const leads = 500;
const pageLength = 50;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { userId, teamIds } = people.ana;
  const records = generateLeads({
    seed: 3,
    count: leads,
    owners: [[{ userId, teamId: teamIds[0] ?? null }, 1]],
  });
  await inTenant(server.db, { tenantId: server.tenantId }, (tx) =>
    saveRecords(tx, server.tenantId, "leads", records, { now: new Date().toISOString() }),
  );
});
afterAll(() => server.close());

test("[PULL-3] a first sync that was cut off and whose program has ended goes on behind its last page", async () => {
  const { token, deviceId } = server.identities.signIn(people.ana);
  const folder = await makeReplicaFolder();
  const open = (most: number) => {
    const watched = watch(createHttpTransport({ serverUrl: server.url, token }), most);
    const desk = openSyncDesk({
      ...{ me: people.ana, device: deviceId, pageLength, folder },
      transport: watched.transport,
    });
    return desk.then((opened) => ({ ...opened, answers: watched.answers }));
  };

  const first = await open(4);
  first.engine.start();
  await untilSync(first, ({ phase }) => phase === "waiting");
  expect(first.feed.isComplete()).toBe(false);
  await close(first);
  const before = countLeads(first.answers);

  const second = await open(Infinity);
  try {
    expect(second.feed.position("leads")).toMatchObject({ complete: false, total: leads });
    const done = second.feed.position("leads").done;
    expect(done).toBeGreaterThan(0);
    second.engine.start();
    await untilSync(second, (state) => isQuiet(state) && second.feed.isComplete());
    expect(second.answers[0]?.request.checkpoint.xid).not.toBe("0");
    // What had come and was not stored yet comes again, and nothing else.
    expect(countLeads(second.answers)).toBe(leads - done);
    expect(done).toBeGreaterThanOrEqual(before - pageLength);
    const [{ count } = { count: 0 }] = await second.replica.reads.sql<{ count: number }>(
      `select count(*)::int as count from ${second.replica.reads.table("leads")}`,
    );
    expect(count).toBe(leads);
  } finally {
    await close(second);
    await rm(folder.root, { recursive: true, force: true });
  }
});

type Answer = { request: PullRequest; page: PullResponse };

/** Notes what is answered of leads; after so many pages of them nobody answers any more. */
function watch(transport: SyncTransport, most: number): { transport: SyncTransport; answers: Answer[] } {
  const answers: Answer[] = [];
  return {
    answers,
    transport: {
      ...transport,
      async pull(request, signal) {
        if (request.collection !== "leads") return transport.pull(request, signal);
        if (answers.length >= most) return { ok: false, error: { kind: "no-answer", trouble: null } };
        const answer = await transport.pull(request, signal);
        if (answer.ok) answers.push({ request, page: answer.value });
        return answer;
      },
    },
  };
}

function countLeads(answers: readonly Answer[]): number {
  return answers.reduce((count, { page }) => count + page.docs.length, 0);
}

async function close({ engine, presence, replica }: SyncDesk): Promise<void> {
  await engine.stop();
  await presence.written();
  await replica.close();
  await replica.journal.close();
}
