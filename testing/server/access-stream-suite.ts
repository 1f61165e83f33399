import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { SignedIn } from "../../shared/sync/session-wire.ts";
import { protocolVersion, syncPaths, type StreamDown } from "../../shared/sync/wire.ts";
import type { Database } from "../../sync-server/database/index.ts";
import {
  addPerson,
  hashPassword,
  mintToken,
  soon,
  startAuthServer,
  type AuthServer,
} from "./start-auth-server.ts";

/** What an open stream hears when somebody's access changes on another node. */
export function accessStreamSuite(open: () => Promise<Database>): void {
  let here: AuthServer;
  let there: AuthServer;
  let admin: string;
  let operator: string;

  let db: Database;

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    here = await startAuthServer(db);
    there = await startAuthServer({ ...db, close: () => Promise.resolve() });
    for (const id of ["ana", "ben", "mei", "kay", "tom"])
      await addPerson(db, { id, tenantId: "one", role: "agent", hash });
    await addPerson(db, { id: "grace", tenantId: "one", role: "admin", teamIds: ["north"], hash });
    await addPerson(db, { id: "ops", tenantId: "operations", role: "operator", hash });
    admin = await mintToken(db, "grace", "one");
    operator = await mintToken(db, "ops", "operations");
  });
  afterAll(async () => {
    await there.close();
    await here.close();
  });

  const onOtherNode = (path: string, method: string, body?: unknown) =>
    there.ask(`/api/v1${path}`, { method, token: admin, ...(body === undefined ? {} : { body }) });

  test("[SES-2] a revoked device is told so at once", async () => {
    const desk = await here.signIn("ana@test.example");
    const heard = await openStream(here.url, desk);
    await onOtherNode(`/devices/${desk.session.deviceId}/revoke`, "POST");
    await soon(() => heard).toContainEqual({ type: "end", why: "revoked" });
  });

  test("[SES-3] a wiped device is told so at once", async () => {
    const desk = await here.signIn("ben@test.example");
    const heard = await openStream(here.url, desk);
    await onOtherNode(`/devices/${desk.session.deviceId}/wipe`, "POST");
    await soon(() => heard).toContainEqual({ type: "end", why: "wiped" });
  });

  test("[AUD-4] a new team is a new scope for streams that are open", async () => {
    const desk = await here.signIn("mei@test.example");
    const heard = await openStream(here.url, desk);
    await onOtherNode("/people/mei", "PATCH", { teamIds: ["north"] });
    await soon(() => heard).toContainEqual(
      expect.objectContaining({ type: "resync", scope: expect.stringContaining("team:north") }),
    );
  });

  test.each(["ringside_access", "ringside_identity"])(
    "what a node of another version says on %s ends nobody's, and every stream is asked whose it is",
    async (channel) => {
      const desk = await here.signIn("kay@test.example");
      const heard = await openStream(here.url, desk);
      const said = [
        "",
        "{",
        JSON.stringify({ whose: "kay" }),
        JSON.stringify({ tenantId: "one", userId: "kay", since: 3 }),
      ];
      for (const payload of said)
        await db.transaction((tx) => tx.execute(sql`SELECT pg_notify(${channel}, ${payload})`));
      await onOtherNode(`/devices/${desk.session.deviceId}/revoke`, "POST");
      await soon(() => heard).toContainEqual({ type: "end", why: "revoked" });
    },
  );

  test("a suspended tenant's streams end", async () => {
    const desk = await here.signIn("tom@test.example");
    const heard = await openStream(here.url, desk);
    await there.ask("/api/v1/tenants/one/suspend", { method: "POST", token: operator });
    await soon(() => heard).toContainEqual({ type: "end", why: "revoked" });
  });
}

/** Everything that the server says on a stream from its welcome on. */
async function openStream(url: string, { token, session }: SignedIn): Promise<StreamDown[]> {
  const heard: StreamDown[] = [];
  const socket = new WebSocket(url.replace("http", "ws") + syncPaths.stream, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on("message", (data) => heard.push(JSON.parse(String(data)) as StreamDown));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const hello = {
    type: "hello",
    protocol: protocolVersion,
    device: session.deviceId,
    scope: "",
    presence: "available",
  };
  socket.send(JSON.stringify(hello));
  await soon(() => heard.map(({ type }) => type)).toContain("welcome");
  return heard;
}
