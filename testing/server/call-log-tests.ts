import { beforeAll, describe, expect, test } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { CallHistory, CallLog } from "../../sync-server/admin/telephony/wire.ts";
import { audit } from "../../sync-server/auth/index.ts";
import { inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { takeCallEvents } from "../../sync-server/sync/index.ts";
import type { Answer } from "./start-auth-server.ts";

const now = "2026-01-05T09:00:00.000Z";

/** The call log of a server with Grace (admin), Max (manager of north), Ana (north), Ben (south) in one, Zoe in two. */
export function callLogTests(
  given: () => { db: Database; as: (who: string, path: string) => Promise<Answer> },
): void {
  const as = (who: string, path: string) => given().as(who, path);
  describe("the call log", () => {
    const at = (minute: number) => new Date(Date.parse(now) + minute * 60_000).toISOString();
    const event = (source: string, seq: number, minute: number, fact: object) =>
      CallEvent.parse({ source, key: `${source}:${seq}`, seq, at: at(minute), ...fact });
    const inbound = (agentId: string, minute: number, from: string, why: string) => [
      event("carrier:CA1", 0, minute, { type: "offered", from, to: "+13125550100", provider: "twilio" }),
      event("server:line", 1, minute, { type: "answered", agentId }),
      event("carrier:CA1", 9, minute + 2, { type: "ended", why }),
    ];
    const outbound = [
      event("server:line", 0, 30, {
        type: "requested",
        from: "+13125550100",
        to: "+442079460018",
        provider: "twilio",
        agentId: "ana",
        leadId: null,
      }),
      event("carrier:CA2", 2, 33, { type: "ended", why: "busy" }),
      event("carrier:CA2", 1, 31, { type: "ringing" }),
    ];
    const log = async (who: string, query = "") =>
      CallLog.parse((await as(who, `/telephony/call-log?${query}`)).body);
    const idsOf = async (who: string, query = "") => (await log(who, query)).calls.map(({ id }) => id);

    beforeAll(async () => {
      const { db } = given();
      await inTenant(db, { tenantId: "one" }, async (tx) => {
        const calls = new Map([
          ["call-1", inbound("ana", 0, "+13125550147", "completed")],
          ["call-2", inbound("ben", 10, "+13125550160", "completed")],
          ["call-3", outbound],
          ["call-4", inbound("ana", 40, "+13125550147", "completed").slice(0, 1)],
        ]);
        for (const [id, events] of calls) await takeCallEvents(tx, "one", new Map([[id, events]]), { now });
        const of = { tenantId: "one", actorId: "ana", action: "call.blocked", ip: null };
        await audit(tx, {
          ...of,
          subject: "calls/other",
          details: { code: "too-soon", to: "+442079460018" },
        });
        await audit(tx, {
          ...of,
          subject: "calls/call-3",
          details: { code: "outside-hours", to: "020 7946 0018" },
        });
        await tx.insert(schema.callLegs).values({ tenantId: "one", id: "leg-1", accountId: "a", callId: "call-3", sid: "CA2", role: "customer", state: "ended" }); // prettier-ignore
        const notice = {
          kind: "leg",
          legId: "leg-1",
          sid: "CA2",
          status: "busy",
          seq: 2,
          at: at(33),
          machine: false,
        };
        await tx.insert(schema.webhookInbox).values({ tenantId: "one", accountId: "a", identity: "CA2:2", notice, doneAt: new Date(now) }); // prettier-ignore
        await tx.insert(schema.webhookInbox).values({ tenantId: "one", accountId: "a", identity: "CA9:2", notice: { ...notice, legId: null, sid: "CA9" } }); // prettier-ignore
      });
      await inTenant(db, { tenantId: "two" }, async (tx) => {
        await takeCallEvents(
          tx,
          "two",
          new Map([["call-1", inbound("zoe", 5, "+13125550147", "completed")]]),
          { now },
        );
      });
    });

    test("stands newest first, page by page, without a gap or a repeat", async () => {
      expect(await idsOf("grace")).toEqual(["call-4", "call-3", "call-2", "call-1"]);
      const pages: string[] = [];
      for (let next: string | null = ""; next !== null;) {
        const page: { calls: { id: string }[]; next: string | null } = await log(
          "grace",
          `limit=1${next && `&before=${encodeURIComponent(next)}`}`,
        );
        pages.push(...page.calls.map(({ id }) => id));
        next = page.next;
      }
      expect(pages).toEqual(["call-4", "call-3", "call-2", "call-1"]);
    });

    test("is filtered by days, direction, outcome, agent, and a number however it is written", async () => {
      expect(await idsOf("grace", `from=${at(10)}&to=${at(30)}`)).toEqual(["call-2"]);
      expect(await idsOf("grace", "direction=outbound")).toEqual(["call-3"]);
      expect(await idsOf("grace", "outcome=busy")).toEqual(["call-3"]);
      expect(await idsOf("grace", "outcome=open")).toEqual(["call-4"]);
      expect(await idsOf("grace", "agentId=ben")).toEqual(["call-2"]);
      const found = (text: string) => idsOf("grace", `from=${at(0)}&search=${encodeURIComponent(text)}`);
      expect(await found("(312) 555-0147")).toEqual(["call-4", "call-1"]);
      expect(await found("0044 20 7946"), "part of a number, begun another way").toEqual([]);
      expect(await found("0044 20 7946 0018")).toEqual(["call-3"]);
      expect(await found("nobody")).toEqual([]);
    });

    test("a search that names no days goes back three months, and says so", async () => {
      const search = "search=555-0147";
      expect(await log("grace", `${search}&to=${at(40)}`)).toMatchObject({
        calls: [{ id: "call-1" }],
        searchedSince: new Date(Date.parse(at(40)) - 92 * 86_400_000).toISOString(),
      });
      const later = new Date(Date.parse(now) + 100 * 86_400_000).toISOString();
      expect((await log("grace", `${search}&to=${later}`)).calls).toEqual([]);
      expect(await log("grace", `${search}&from=${at(0)}&to=${later}`)).toMatchObject({
        calls: [{ id: "call-4" }, { id: "call-1" }],
        searchedSince: null,
      });
    });

    test("shows a manager the calls of their teams, and another tenant its own", async () => {
      expect(await idsOf("max")).toEqual(["call-4", "call-3", "call-1"]);
      expect((await as("max", "/telephony/call-log/call-2")).status).toBe(404);
      expect((await as("ana", "/telephony/call-log")).status).toBe(403);
      expect(await idsOf("zoe")).toEqual(["call-1"]);
      expect((await as("zoe", "/telephony/call-log/call-3")).status).toBe(404);
    });

    test("a call has its events in the order that counts, its legs, what its carrier sent, and the dials that were forbidden", async () => {
      const history = CallHistory.parse((await as("grace", "/telephony/call-log/call-3")).body);
      expect(history.call).toMatchObject({ to: "+442079460018", endReason: "busy", agentId: "ana" });
      expect(history.events.map(({ event: { type } }) => type)).toEqual(["requested", "ringing", "ended"]);
      expect(history.legs).toMatchObject([{ id: "leg-1", sid: "CA2", state: "ended" }]);
      expect(history.deliveries.map(({ notice }) => notice["sid"])).toEqual(["CA2"]);
      expect(history.blocked).toMatchObject([
        { reason: "outside-hours", ofCall: true, actorName: "ana" },
        { reason: "too-soon", ofCall: false },
      ]);
    });
  });
}
