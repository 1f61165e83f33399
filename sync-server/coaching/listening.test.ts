import { afterEach, expect, test } from "vitest";
import { coachingPaths, ListeningAnswer } from "../../shared/coaching/server-wire.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { stageGateway } from "../../testing/ai/stage-gateway.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { people, testTenant } from "../../testing/server/test-identities.ts";
import type { SoundAsker, SoundMeter } from "../ai/index.ts";
import { createReportMaker, startCoaching } from "./index.ts";

let server: TestServer;
afterEach(() => server.close());

async function start(meter?: Pick<SoundMeter, "refusalOf">): Promise<void> {
  const reports = createReportMaker({ timers: systemTimers });
  server = await startTestServer({
    add: (context) =>
      startCoaching({ ...context, ...(meter && { meter }), ai: stageGateway([]).ai, reports }),
  });
}

async function ask(): Promise<string> {
  const { token } = server.identities.signIn(people.ana);
  const answer = await fetch(server.url + coachingPaths.listening, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ListeningAnswer.parse(await answer.json()).why;
}

test("a desk is told why nobody listens to its person's calls", async () => {
  const asked: SoundAsker[] = [];
  const message = "Your AI budget for this month is used up. It begins anew on 1 December.";
  await start({
    async refusalOf(asker) {
      asked.push(asker);
      return asked.length > 1 ? null : { code: "limited", message, until: null };
    },
  });
  expect([await ask(), await ask()]).toEqual([message, ""]);
  expect(asked[0]).toEqual({ tenantId: testTenant, userId: people.ana.userId });
});

test("where no provider is set up there is nothing to say, and nobody is told who has not signed in", async () => {
  await start();
  expect(await ask()).toBe("");
  expect((await fetch(server.url + coachingPaths.listening)).status).toBe(401);
});
