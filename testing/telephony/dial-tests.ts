import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { takeCallEvents } from "../../sync-server/sync/index.ts";
import { testTenant } from "../server/test-identities.ts";
import type { FakeLeg } from "./fake-line.ts";
import { runReconcile } from "./run-reconcile.ts";
import type { StageInUse } from "./use-line-stage.ts";

/** Calls that a desk places: who may, what is refused, and what becomes of a dial that comes to nothing. */
export function dialTests(at: StageInUse): void {
  const { soon, untilRings, lineNow, phases, untilPhase } = at;

  test("a desk that dials is connected, when the rules allow it, and cannot dial past them", async () => {
    await at.stage.present("ana");
    const callId = "call-by-ana";
    const fields = { CallSid: "CAdesk", From: "client:ana", To: "", CallStatus: "ringing", callId };
    expect(await (await at.stage.post("/voice", fields)).text()).toContain("<Reject");
    const permit = await at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
    expect(permit).toMatchObject({ status: 200, body: { callId, to: "911", announce: false } });
    expect((await at.stage.ask("ben", "/calls", { callId, to: "911", leadId: null })).status).toBe(403);
    const stolen = await at.stage.post("/voice", { ...fields, From: "client:ben" });
    expect(await stolen.text()).toContain("<Reject");
    expect(await (await at.stage.post("/voice", fields)).text()).toContain("<Conference");
    await soon(() => at.stage.fake.legs().find(({ to }) => to.kind === "number")?.status).toBe("ringing");
    const customer = at.stage.fake.legs().find(({ to }) => to.kind === "number") as FakeLeg;
    await untilPhase("ringing");
    at.stage.fake.answer(customer);
    await untilPhase("live");
    at.stage.fake.end(customer, "completed");
    await untilPhase("wrap-up");
    expect(await lineNow()).toMatchObject({
      direction: "outbound",
      agentId: "ana",
      to: "911",
    });
  });

  test("a second dial while the first is under way is refused in words, and harms neither", async () => {
    const dial = (callId: string) => at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
    const [first, second] = await Promise.all([dial("call-1"), dial("call-2")]);
    expect([first.status, second.status].toSorted()).toEqual([200, 409]);
    const refused = first.status === 409 ? first : second;
    const callId = first.status === 200 ? "call-1" : "call-2";
    expect(refused.body).toMatchObject({ error: { code: "conflict", message: expect.stringContaining("dialling already"), details: { code: "busy" } } }); // prettier-ignore
    expect((await dial(callId)).status).toBe(200);
    await at.stage.post("/voice", { CallSid: "CAdesk", From: "client:ana", To: "", callId });
    await untilPhase("ringing");
    // It is up for the desk from here on: another one may be dialled beside it.
    expect((await dial("call-3")).status).toBe(200);
  });

  test("a desk that rings does not dial, and says why", async () => {
    await at.stage.present("ana");
    await at.stage.callIn();
    await untilRings("ana");
    const refused = await at.stage.ask("ana", "/calls", { callId: "call-1", to: "911", leadId: null });
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining("is ringing") } } }); // prettier-ignore
    expect((await at.stage.calls()).length).toBe(1);
  });

  test("a desk that rings for a call that a colleague placed and gave to a queue says that it rings", async () => {
    await at.stage.present("ana");
    const callId = "call-by-ana";
    await at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
    await at.stage.post("/voice", { CallSid: "CAdesk", From: "client:ana", To: "", callId });
    await soon(() => at.stage.fake.legs().find(({ to }) => to.kind === "number")?.status).toBe("ringing");
    at.stage.fake.answer(at.stage.fake.legs().find(({ to }) => to.kind === "number") as FakeLeg);
    await untilPhase("live");
    await at.stage.present("ben");
    const toQueue = {
      do: "transfer",
      transferId: "t1",
      mode: "blind",
      target: { kind: "queue", queue: "sales" },
    };
    expect((await at.stage.control("ana", callId, toQueue)).status).toBe(204);
    await untilRings("ben");
    const refused = await at.stage.ask("ben", "/calls", { callId: "call-1", to: "911", leadId: null });
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining("is ringing") } } }); // prettier-ignore
  });

  test("a dial that the desk could not place is over, and the next one goes through", async () => {
    const dial = (callId: string) => at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
    await dial("call-1");
    const now = new Date().toISOString();
    const ended = CallEvent.parse({ type: "ended", why: "failed", source: "device:desk-ana", key: "call-1:1", seq: 0, at: now }); // prettier-ignore
    await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      takeCallEvents(tx, testTenant, new Map([["call-1", [ended]]]), { now }),
    );
    expect((await dial("call-2")).status).toBe(200);
    expect((await phases()).toSorted()).toEqual(["dialling", "wrap-up"]);
  });

  test("a desk that never heard of its permit takes it back, and dials again at once", async () => {
    const dial = (callId: string) => at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
    await dial("call-1");
    expect((await at.stage.control("ben", "call-1", { do: "hang-up" })).status).toBe(404);
    expect((await at.stage.control("ana", "call-1", { do: "hang-up" })).status).toBe(204);
    expect(await lineNow()).toMatchObject({ phase: { why: "cancelled" } });
    expect((await dial("call-2")).status).toBe(200);
  });

  test("a permit that was never used ends its call", async () => {
    await at.stage.ask("ana", "/calls", { callId: "call-1", to: "911", leadId: null });
    await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      tx.execute(sql`UPDATE call_legs SET dialled_at = dialled_at - interval '2 minutes'`),
    );
    await runReconcile(at.stage.db, "call-1");
    await untilPhase("wrap-up");
    expect((await lineNow())?.phase).toMatchObject({ why: "failed" });
  });

  test.each([
    ["busy", "busy"],
    ["no-answer", "no-answer"],
    ["failed", "failed"],
  ] as const)("a dialled number that is %s ends the call so", async (status, why) => {
    await at.stage.ask("ana", "/calls", { callId: "call-1", to: "911", leadId: null });
    await at.stage.post("/voice", { CallSid: "CAdesk", From: "client:ana", To: "", callId: "call-1" });
    await soon(() => at.stage.fake.legs()[0]?.status).toBe("ringing");
    at.stage.fake.end(at.stage.fake.legs()[0] as FakeLeg, status);
    await untilPhase("wrap-up");
    expect((await lineNow())?.phase).toMatchObject({ why });
  });

  test("a blocked dial says why, and is audited", async () => {
    const refused = await at.stage.ask("ana", "/calls", { callId: "call-1", to: "12", leadId: null });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "forbidden", details: { reason: "number", until: null } } } }); // prettier-ignore
    expect(await at.stage.calls()).toEqual([]);
    const audited = await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      rowsOf(
        tx,
        sql`SELECT actor_id, action, details->>'to' AS "to", details->>'reason' AS reason FROM audit_log`,
      ),
    );
    expect(audited).toEqual([{ actor_id: "ana", action: "call.blocked", to: "12", reason: "number" }]);
  });
}
