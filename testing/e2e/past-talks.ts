import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DemoCall } from "../../shared/calls/demo-call.ts";
import { inTenant, openDatabase } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import type { Stage } from "../processes/stage.ts";

const calls = "resources/demo/calls";

/** The scripted calls of the demo, as calls of Ana's of the last hours with all that was said: `talk:<name>`. */
export async function addPastTalks(stage: Stage): Promise<void> {
  await stage.stopServer();
  const db = await openDatabase({ kind: "embedded", dataDir: join(stage.folder, "server") });
  const now = Date.now();
  const talks = readdirSync(calls).map((name, index) => recordsOf(name, now - (index + 1) * 3_600_000));
  await inTenant(db, { tenantId: demoTenant.id }, async (tx) => {
    const at = { now: new Date(now).toISOString() };
    await saveRecords(tx, demoTenant.id, "calls", talks.map(({ call }) => call), at); // prettier-ignore
    await saveRecords(tx, demoTenant.id, "segments", talks.flatMap(({ segments }) => segments), at); // prettier-ignore
  });
  await db.close();
  await stage.startServer();
}

function recordsOf(name: string, answeredMs: number) {
  const talk = DemoCall.parse(JSON.parse(readFileSync(join(calls, name, "call.json"), "utf8")));
  const about = { leadId: null, agentId: "demo-ana", teamId: "demo-new-business" };
  const at = (ms: number) => new Date(answeredMs + ms).toISOString();
  const call = {
    ...about,
    ...{ id: `talk:${name}`, direction: talk.direction, from: "+19295550100", to: talk.customer.phone },
    ...{ startedAt: at(-5_000), answeredAt: at(0), endedAt: at(talk.durationMs), endReason: "completed" },
    ...{ line: null, disposition: "", notes: "", summary: "", sentiment: "", recording: "" },
  };
  const segments = talk.turns.map(({ speaker, startMs, endMs, text, words }, index) => ({
    ...about,
    ...{ id: `talk:${name}:${index}`, callId: call.id, speaker, startMs, endMs, text },
    timing: words.flatMap((word) => [word.startMs - startMs, word.endMs - word.startMs]),
  }));
  return { call, segments };
}
