import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { CallReport } from "../../shared/entities/insight.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import type { Ai } from "../../sync-server/ai/index.ts";
import { createReportMaker, startCoaching } from "../../sync-server/coaching/index.ts";
import { inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { saveRecords, takeCallEvents, wantReports } from "../../sync-server/sync/index.ts";
import { startTestServer, type TestServer } from "../server/start-test-server.ts";
import { createTestDevice } from "../server/test-device.ts";
import {
  people,
  testTenant as tenantId,
  type PersonName,
  type TestPerson,
} from "../server/test-identities.ts";

export const startedAt = "2026-10-05T09:00:00.000Z";
export const after = (ms: number) => new Date(Date.parse(startedAt) + ms).toISOString();

/** Who of us said it or heard it, who spoke, when (ms from the answer), and what. */
export type Line = readonly [agentId: PersonName, "agent" | "customer", startMs: number, text: string];
type Said = { type: CallEvent["type"]; at: string } & Record<string, unknown>;

/** A server that reports on calls, for all tests of a suite; `ai` is who words them. */
export function useAfterCall(open: () => Promise<Database>, ai: Ai) {
  let server: TestServer;
  let calls = 0;

  beforeAll(async () => {
    server = await startTestServer({
      db: await open(),
      async add(context) {
        const reports = createReportMaker({ timers: systemTimers });
        return startCoaching({ ...context, ai, reports });
      },
    });
  });
  afterAll(() => server.close());

  const run = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(server.db, { tenantId }, work);

  /** As it is heard: what is said is of whoever has the call then. */
  function tell(callId: string, said: readonly Line[]): Promise<void> {
    const segments = said.map(([agentId, speaker, startMs, text]) => ({
      id: `${callId}:${speaker}:${startMs}`,
      ...{ callId, leadId: null, agentId, teamId: people[agentId].teamIds[0] ?? null, speaker, startMs },
      ...{ endMs: startMs + text.split(" ").length * 350, text, timing: [] },
    }));
    return run((tx) => saveRecords(tx, tenantId, "segments", segments, { now: after(60_000) }));
  }

  async function happen(callId: string, events: readonly CallEvent[]): Promise<void> {
    await run((tx) => takeCallEvents(tx, tenantId, new Map([[callId, events]]), { now: after(60_000) }));
  }

  return {
    tell,
    soon: <T>(read: () => T) => expect.poll(read, { interval: 20 }),
    device: (who: PersonName | TestPerson) =>
      createTestDevice(server, typeof who === "string" ? people[who] : who),

    /** A call that has ended, as far as the server has heard; `events` are what happened between answer and end. */
    async callOf(said: readonly Line[], ...events: Said[]): Promise<string> {
      calls += 1;
      const callId = `call-${calls}`;
      const all: Said[] = [
        { type: "requested", at: startedAt, from: "+13125550100", to: "+13125550147", provider: "twilio", agentId: "ana", leadId: null }, // prettier-ignore
        { type: "answered", at: startedAt, agentId: "ana" },
        ...events,
        { type: "ended", at: after(60_000), why: "completed" },
      ];
      const source = `carrier:CA${calls}`;
      const heard = all.map((event, seq) => CallEvent.parse({ source, key: String(seq), seq, ...event }));
      await happen(callId, heard.slice(0, -1));
      await tell(callId, said);
      await happen(callId, heard.slice(-1));
      return callId;
    },

    reportAgain: (callId: string) => run((tx) => wantReports(tx, tenantId, [callId], startedAt)),

    async reportOf(callId: string): Promise<CallReport | null> {
      const [row] = await run((tx) =>
        rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM insights WHERE id = ${`report:${callId}`}`),
      );
      return row ? CallReport.parse(row.doc) : null;
    },

    /** Kinds of what is still to be done after a call. */
    async openJobs(callId: string): Promise<string[]> {
      const found = await run((tx) =>
        rowsOf<{ kind: string }>(tx, sql`SELECT kind FROM jobs WHERE key = ${callId} AND kind LIKE 'call.%'`),
      );
      return found.map(({ kind }) => kind);
    },
  };
}
