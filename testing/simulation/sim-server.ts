import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { sql } from "drizzle-orm";
import type { Clock, Timers } from "../../shared/result/ports.ts";
import { syncPaths } from "../../shared/sync/wire.ts";
import { readConfig } from "../../sync-server/config.ts";
import { beginFeedEpoch } from "../../sync-server/database/feed-epoch.ts";
import { inSystem, inTenant, openDatabase, type Database } from "../../sync-server/database/index.ts";
import { createApp, createRegistry, type Identity } from "../../sync-server/http/index.ts";
import { announceIdentityChange, saveRecords, startSync } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { createTestIdentities, testTenant, type TestPerson } from "../server/test-identities.ts";

/**
 * The real server code (routes, checks, merge, feed, stream) on a real database, reached without sockets. It can be
 * stopped and started like a node; what it has committed stays.
 */
export type SimServer = {
  /** Of this moment: `putBack` opens another one. */
  readonly db: Database;
  readonly identities: ReturnType<typeof createTestIdentities>;
  /** Null = the node is down. */
  post(path: string, token: string, body: unknown): Promise<{ status: number; body: unknown } | null>;
  openSocket(token: string): Promise<WebSocket | null>;
  isUp(): boolean;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Everything that it has committed by now. */
  backUp(): Promise<Blob>;
  /** Stops the node, puts the database back to a backup, as `restore` leaves it, and starts a node on it. */
  putBack(backup: Blob): Promise<void>;
  /** What an admin does: the person's teams change, on the server and for all their devices. */
  changeTeams(who: TestPerson, teamIds: string[]): Promise<void>;
  /** What a carrier does: a call of this person's with that lead, in nobody's name. */
  tellOfCall(call: { id: string; leadId: string; who: TestPerson }): Promise<void>;
  /** Who a token stands for now. */
  identify(token: string): Promise<Identity>;
  readAll(collection: string): Promise<SimRow[]>;
  close(): Promise<void>;
};

export type SimRow = { id: string; doc: Record<string, unknown>; deleted: boolean; audience: string[] };

type Node = { app: FastifyInstance; sync: { stop(): Promise<void> } };

export async function createSimServer(
  first: Database,
  ports: { clock: Clock; timers: Timers },
): Promise<SimServer> {
  const identities = createTestIdentities();
  let db = first;
  const tokensOf = new Map<string, string[]>();
  let node: Node | null = null;
  await inSystem(db, (tx) =>
    tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${testTenant}, 'Simulation')`),
  );

  async function start(): Promise<void> {
    const config = { ...readConfig({ PORT: "0", LOG_LEVEL: "silent" }), requestsPerMinute: 1e9 };
    const registry = createRegistry();
    const app = await createApp(config, registry);
    const said = { follow: () => () => {} };
    const sync = await startSync({ app, db, ...ports, registry, said, identify: identities.identify });
    await app.ready();
    node = { app, sync };
  }

  async function stop(): Promise<void> {
    const stopping = node;
    node = null;
    await stopping?.sync.stop();
    await stopping?.app.close();
  }

  async function putBack(backup: Blob): Promise<void> {
    await stop();
    await db.close();
    db = await openDatabase({ kind: "embedded", dataDir: null, snapshot: backup });
    await db.transaction(beginFeedEpoch);
    await start();
  }

  await start();
  return {
    get db() {
      return db;
    },
    identities: {
      ...identities,
      signIn(who, options) {
        const signedIn = identities.signIn(who, options);
        tokensOf.set(who.userId, [...(tokensOf.get(who.userId) ?? []), signedIn.token]);
        return signedIn;
      },
    },
    isUp: () => node !== null,
    async post(path, token, body) {
      if (!node) return null;
      const response = await node.app.inject({
        method: "POST",
        url: path,
        headers: { authorization: `Bearer ${token}` },
        payload: body as object,
      });
      return { status: response.statusCode, body: response.json() as unknown };
    },
    openSocket: async (token) =>
      node ? node.app.injectWS(syncPaths.stream, { headers: { authorization: `Bearer ${token}` } }) : null,
    start,
    stop,
    backUp: () => db.dump(),
    putBack,
    async changeTeams(who, teamIds) {
      for (const token of tokensOf.get(who.userId) ?? [])
        identities.change(token, { teamIds: teamIds as never });
      const now = new Date(ports.clock.now()).toISOString();
      await inTenant(db, { tenantId: testTenant }, async (tx) => {
        await saveRecords(tx, testTenant, "settings", [personRecord({ ...who, teamIds: teamIds as never })], {
          now,
        });
        await announceIdentityChange(tx, { tenantId: testTenant, userId: who.userId });
      });
    },
    async tellOfCall({ id, leadId, who }) {
      const now = new Date(ports.clock.now()).toISOString();
      const call = fields.call({ leadId, agentId: who.userId, teamId: who.teamIds[0] ?? null });
      await inTenant(db, { tenantId: testTenant }, (tx) =>
        saveRecords(tx, testTenant, "calls", [{ id, ...call }], { now }),
      );
    },
    async identify(token) {
      const found = await identities.identify({ authorization: `Bearer ${token}` });
      if (!found.ok) throw new Error(found.error.message);
      return found.value;
    },
    readAll: (collection) =>
      inTenant(db, { tenantId: testTenant }, async (tx) => {
        const found = await tx.execute(
          sql`SELECT id, doc, deleted, audience FROM ${sql.identifier(collection)} WHERE tenant_id = ${testTenant} ORDER BY id`,
        );
        return (found as unknown as { rows: SimRow[] }).rows;
      }),
    async close() {
      await stop();
      await db.close();
    },
  };
}

function personRecord({ userId, name, role, teamIds }: TestPerson) {
  const email = `${userId}@example.com`;
  return {
    id: `person:${userId}`,
    kind: "person",
    order: 0,
    userId,
    name,
    email,
    role,
    teamIds,
    active: true,
  };
}
