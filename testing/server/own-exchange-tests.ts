import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { LineAccess, telephonyPaths } from "../../shared/calls/server-wire.ts";
import type { PhoneAccount, TestedAccount } from "../../sync-server/admin/telephony/wire.ts";
import { AuditEntries } from "../../sync-server/admin/wire.ts";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { openExchange } from "../../sync-server/providers/sip/exchange.ts";
import { kamailio, startKamailio } from "../sip/start-kamailio.ts";
import type { Answer, AuthServer } from "./start-auth-server.ts";

const now = "2026-01-05T09:00:00.000Z";

type Given = {
  db: Database;
  server: AuthServer;
  tokens: Readonly<Record<string, string>>;
  as: (who: string, path: string) => Promise<Answer>;
  refusal: (answer: { status: number; body: unknown }) => unknown[];
  /** Takes every account away. */
  clear: () => Promise<void>;
  add: (body: object) => Promise<z.output<typeof PhoneAccount>>;
  testOf: (id: string) => Promise<z.output<typeof TestedAccount>>;
  patch: (path: string, body: object) => Promise<Answer>;
};

/** A company's own exchange, on a server with Grace (admin), Max (manager of north), Ana (north), Ben (south). */
export function ownExchangeTests(given: () => Given): void {
  test("a call of an own exchange is ended by asking its desk, by whoever may, and audited", async () => {
    const { db, server, tokens, as, refusal, clear, add } = given();
    await clear();
    const config = {
      server: "wss://exchange.test",
      domain: "exchange.test",
      agents: [{ userId: "ana", username: "101" }],
    };
    await add({ provider: "sip", label: "Office", config, credentials: { "agent:ana": "secret" } });
    const id = "0190a0b0-0000-7000-8000-000000000002";
    const write = (doc: object) =>
      inTenant(db, { tenantId: "one" }, (tx) =>
        tx.execute(sql`INSERT INTO calls (tenant_id, id, doc, rev, audience, touched) VALUES ('one', ${id}, ${JSON.stringify(doc)}, 1, '{all}', '{}')
          ON CONFLICT (tenant_id, id) DO UPDATE SET doc = excluded.doc`),
      );
    const call = { agentId: "ana", teamId: "south", endedAt: null, line: { provider: "sip" } };
    const end = async (who: string) => {
      const answer = await server.ask(telephonyPaths.control(id), {
        token: tokens[who],
        body: { do: "end" },
      });
      return answer.status < 300 ? "asked" : refusal(answer);
    };
    const heard: string[] = [];
    const stop = await db.listen("ringside_hang_up", (payload) => heard.push(payload));
    expect(await end("grace")).toEqual([404, "There is no such call."]);
    await write(call);
    expect(await end("ana")).toEqual([403, "This needs the role manager or admin."]);
    expect(await end("max"), "a call of another team").toEqual([404, "There is no such call."]);
    expect(await end("grace")).toEqual([409, "Their desk cannot be reached, and only there can this call be ended."]); // prettier-ignore
    await inTenant(db, { tenantId: "one" }, (tx) =>
      tx.execute(sql`INSERT INTO presence (tenant_id, device_id, user_id, presence, reason, node_id)
        VALUES ('one', 'desk', 'ana', 'busy', '', 'node')`),
    );
    expect(await end("grace")).toBe("asked");
    await expect.poll(() => heard.map((one) => JSON.parse(one) as unknown)).toEqual([{ tenantId: "one", userId: "ana", callId: id }]); // prettier-ignore
    const [entry] = AuditEntries.parse((await as("grace", "/audit?limit=1")).body).entries;
    expect(entry).toMatchObject({ action: "call.end", subject: `calls/${id}` });
    await write({ ...call, endedAt: now });
    expect(await end("grace")).toEqual([409, "The call is over."]);
    await write({ ...call, agentId: null });
    expect(await end("grace")).toEqual([
      409,
      "Nobody has taken this call yet: only the exchange can end it.",
    ]);
    await stop();
    // No more of a call than this test needs: the log of calls would not know it.
    await db.owner.execute(sql`DELETE FROM calls WHERE tenant_id = 'one' AND id = ${id}`);
  });

  describe.skipIf(!kamailio)("a company's own exchange (needs Kamailio)", () => {
    test("takes the line that the server opens for an agent, and the test names whose password is wrong", async () => {
      const { server, tokens, refusal, clear, add, testOf, patch } = given();
      await clear();
      const exchange = await startKamailio();
      try {
        const agents = [
          { userId: "ana", username: "101" },
          { userId: "ben", username: "102" },
        ];
        const credentials = { "agent:ana": exchange.password, "agent:ben": "wrong" };
        const config = { server: exchange.server, domain: exchange.domain, agents };
        const { id } = await add({ provider: "sip", label: "Office", config, credentials });
        expect(await testOf(id)).toMatchObject({
          ok: false,
          says: expect.stringMatching(/“Office” answers, but refuses: 102: 401 /u),
        });
        await patch(`/telephony/accounts/${id}/credentials`, {
          credentials: { "agent:ben": exchange.password },
        });
        expect((await testOf(id)).ok).toBe(true);
        const access = LineAccess.parse(
          (await server.ask(telephonyPaths.line, { token: tokens["ana"] })).body,
        );
        expect(access).toMatchObject({ displayName: "ana", uri: "sip:101@ringside.test" });
        if (access.provider !== "sip") throw new Error("the line is not the exchange's");
        const opened = await openExchange(access.server, {
          ...{ mayReachInside: true, signal: AbortSignal.timeout(60_000) },
        });
        expect(await opened.signIn(exchange.domain, access.username, access.password)).toMatchObject({
          status: 200,
        });
        opened.close();
        const control = telephonyPaths.control("0190a0b0-0000-7000-8000-000000000001");
        const held = await server.ask(control, { token: tokens["ana"], body: { do: "hold", on: true } });
        expect(refusal(held)).toEqual([409, "Calls of your own exchange are steered from the desk alone."]);
        const merge = { do: "merge", with: "0190a0b0-0000-7000-8000-000000000002" };
        expect(refusal(await server.ask(control, { token: tokens["ana"], body: merge }))).toEqual(
          refusal(held),
        );
        const none = await server.ask(telephonyPaths.line, { token: tokens["max"] });
        expect(refusal(none)).toEqual([404, "You have no line at the exchange yet. An admin gives you one."]);
      } finally {
        await exchange.close();
      }
    });
  });
}
