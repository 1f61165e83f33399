import { request } from "node:http";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { importRecordings, undoImport } from "../../sync-server/telephony/index.ts";
import { twoSides, wavOf, writeFiles } from "../recordings/made-up.ts";
import { people, testTenant } from "../server/test-identities.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { anasNumber } from "./open-line-stage.ts";
import { useLineStage } from "./use-line-stage.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

/** Webhooks and carriers on their bad days, on one kind of database. */
export function webhooksSuite(open: () => Promise<Database>): void {
  const at = useLineStage(open, { seed });
  const { soon, untilRings, lineNow, untilPhase } = at;
  const read = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    inTenant(at.stage.db, { tenantId: testTenant }, (tx) => rowsOf<Row>(tx, query));
  const waiting = async () =>
    (await read<{ n: number }>(sql`SELECT count(*)::int AS n FROM webhook_inbox WHERE done_at IS NULL`))[0]
      ?.n;
  describe("a webhook", () => {
    test("that is forged is refused and leaves nothing behind", async () => {
      const { caller } = await at.stage.callIn();
      const before = await read(sql`SELECT * FROM webhook_inbox`);
      const fields = { CallSid: caller.sid, CallStatus: "completed", SequenceNumber: "0" };
      for (const answer of [
        await at.stage.post("/status", fields, "another token of sixteen"),
        await fetch(`${at.stage.base()}/status`, { method: "POST", body: new URLSearchParams(fields) }),
        await fetch(`${at.stage.base().replace("account-1", "account-2")}/status`, {
          method: "POST",
          body: "x",
        }),
      ]) {
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ error: { code: "forbidden" } });
      }
      expect(await read(sql`SELECT * FROM webhook_inbox`)).toEqual(before);
      const metrics = await (await fetch(`${at.stage.server.url}/metrics`)).text();
      expect(metrics).toMatch(/webhooks_total\{hook="\w+",outcome="forged"\} \d/u);
    });

    test("of 10 MB is refused before it is read", async () => {
      const answer = await postAnnounced(`${at.stage.base()}/status`, 10 * 1024 * 1024);
      expect(answer).toBe(413);
    });

    test("that says nothing we understand is told so, though its signature is right", async () => {
      expect((await at.stage.post("/status", { CallSid: "" })).status).toBe(400);
      expect((await at.stage.post("/toString", {})).status).toBe(400);
    });

    test("that comes three times, also at once, is stored once", async () => {
      const { caller } = await at.stage.callIn();
      await Promise.all([1, 2, 3].map(() => at.stage.tellStatus(caller, "completed", 0)));
      await soon(waiting).toBe(0);
      expect(await read(sql`SELECT count(*)::int AS n FROM webhook_inbox`)).toEqual([{ n: 1 }]);
      expect(await read(sql`SELECT count(*)::int AS n FROM call_events WHERE event->>'type' = 'ended'`)).toEqual([{ n: 1 }]); // prettier-ignore
    });

    test("of a leg that nobody knows is kept with its reason, and holds nothing up", async () => {
      await at.stage.post("/status", { CallSid: "CAstranger", CallStatus: "completed", SequenceNumber: "0" });
      const { caller } = await at.stage.callIn();
      at.stage.fake.end(caller, "completed");
      await untilPhase("ended");
    });
  });

  test(`reports in any order, doubled, and replayed after the end give the same call (SEED=${seed})`, async () => {
    await at.stage.present("ana");
    const dialled = new Set<string>();
    const orders = fc.sample(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), { numRuns: 6, seed });
    for (const [run, order] of orders.entries()) {
      const callId = `call-${run}`;
      await at.stage.ask("ana", "/calls", { callId, to: "911", leadId: null });
      await at.stage.post("/voice", { CallSid: `CAdesk${run}`, From: "client:ana", To: "", callId });
      const fresh = () =>
        at.stage.fake
          .legs()
          .find((leg) => leg.to.kind === "number" && !dialled.has(leg.legId) && leg.status === "ringing");
      await soon(fresh).toBeDefined();
      const customer = fresh() as FakeLeg;
      dialled.add(customer.legId);
      await at.stage.delivered();
      const called = async () => (await at.stage.calls()).find(({ id }) => id === callId)?.line;
      for (const reports of [order, order.toReversed()]) {
        for (const index of reports) await at.stage.tellStatus(customer, ...reportAt(index));
        await soon(waiting).toBe(0);
        expect(await called()).toMatchObject({
          direction: "outbound",
          phase: { phase: "wrap-up", why: "completed" },
          answeredAt: expect.any(String) as string,
        });
      }
      at.stage.fake.end(customer, "completed");
    }
  });

  /** As somebody does who is told that the carrier has not done it in time: asks again. @returns the transfer's id */
  async function askBen(callId: string, run: number): Promise<string> {
    const target = { kind: "agent", userId: "ben" };
    for (let attempt = 0; ; attempt += 1) {
      const transferId = `t${run}-${attempt}`;
      const asked = await at.stage.control("ana", callId, {
        do: "transfer",
        transferId,
        mode: "warm",
        target,
      });
      if (asked.status === 204) return transferId;
      expect(asked.status).toBe(503);
    }
  }

  /** Of two that were asked for, the first may still ring. */
  async function untilAsked(transferId: string): Promise<FakeLeg> {
    const isIt = ({ to }: FakeLeg) => to.kind === "desk" && to.parameters["transferId"] === transferId;
    const leg = () => at.stage.fake.legs().find(isIt);
    await soon(() => leg()?.status).toBe("ringing");
    return leg() as FakeLeg;
  }

  test(`with a third of all commands failing and reports late and doubled, no desk rings twice for one call, no caller stays on hold and no call stays up (SEED=${seed})`, async () => {
    await at.stage.present("ana", "ben", "max");
    at.stage.fake.state.failureShare = 0.3;
    Object.assign(at.stage.faults, { duplicates: 0.3, delays: 0.3 });
    for (let run = 0; run < 6; run += 1) {
      const { caller } = await at.stage.callIn(anasNumber);
      const call = async () => (await at.stage.calls()).at(-1);
      const desk = await untilRings("ana");
      at.stage.fake.answer(desk);
      await soon(async () => (await call())?.line.phase.phase).toBe("live");
      const callId = (await call())?.id ?? "";
      const transferId = await askBen(callId, run);
      const target = await untilAsked(transferId);
      if (run % 3 === 0) at.stage.fake.end(target, "no-answer");
      else {
        at.stage.fake.answer(target);
        await soon(async () => (await call())?.line.phase).toMatchObject({ transfer: { answered: true } });
        const wish = run % 3 === 1 ? "cancel-transfer" : "complete-transfer";
        await at.stage.control("ana", callId, { do: wish, transferId });
      }
      await soon(() => caller.held, 60_000).toBe(false);
      const has = run % 3 === 2 ? target : desk;
      const left = run % 3 === 2 ? desk : target;
      await soon(() => isOver(left), 60_000).toBe(true);
      expect([caller.status, has.status]).toEqual(["answered", "answered"]);
      at.stage.fake.end(has, "completed");
      // Whoever anchors the call takes it with them; where that was lost, it is taken down after them.
      await soon(() => isOver(caller), 60_000).toBe(true);
      await soon(async () => (await call())?.line.phase.phase, 60_000).toBe("wrap-up");
      await at.stage.delivered();
    }
    expect(at.stage.fake.state.failed).toBeGreaterThan(0);
    const dialled = at.stage.fake.legs().filter(({ legId }) => legId !== "");
    expect(dialled.map(({ legId }) => legId)).toEqual([...new Set(dialled.map(({ legId }) => legId))]);
    await soon(() => at.stage.fake.legs().filter((leg) => !isOver(leg)), 60_000).toEqual([]);
  }, 240_000);

  test("a recording is fetched, heard by whoever sees the call, in pieces, and by nobody else", async () => {
    await at.stage.present("ana");
    const { caller } = await at.stage.callIn(anasNumber);
    at.stage.fake.answer(await untilRings("ana"));
    const { state } = at.stage.fake;
    const failed = state.failed;
    state.failureShare = 1;
    const fields = {
      CallSid: caller.sid,
      RecordingSid: "RE1",
      RecordingStatus: "completed",
      RecordingDuration: "34",
    };
    await at.stage.post("/recording", fields);
    await at.stage.post("/recording", fields);
    // Not by chance: a fetch that failed four times in a row is tried again after half a minute.
    await soon(() => state.failed).toBeGreaterThan(failed);
    state.failureShare = 0;
    await soon(async () => (await lineNow())?.recordingKey).not.toBe("");
    const key = (await lineNow())?.recordingKey ?? "";
    const hear = (name: "ana" | "ben", headers: Record<string, string> = {}) => {
      const { token } = at.stage.identities.signIn(people[name]);
      return fetch(`${at.stage.server.url}/api/v1/telephony/recordings/${key}`, { headers: { authorization: `Bearer ${token}`, ...headers } }); // prettier-ignore
    };
    const whole = await hear("ana");
    expect([whole.status, await whole.text()]).toEqual([200, "RIFF....WAVE"]);
    const piece = await hear("ana", { range: "bytes=4-7" });
    expect([piece.status, await piece.text(), piece.headers.get("content-range")]).toEqual([206, "....", "bytes 4-7/12"]); // prettier-ignore
    expect((await hear("ben")).status).toBe(404);
  });

  test("a recording that was brought in is heard alike, until its call has gone", async () => {
    const { db, folder, server, identities } = at.stage;
    const person = { id: "person:ana", kind: "person", order: 0, userId: "ana", name: "Ana", email: "ana@example.com", role: "agent", teamIds: [], active: true }; // prettier-ignore
    await at.save("settings", [person]);
    const vtt = "WEBVTT\n\n00:00.000 --> 00:00.900\n<v Agent>Good morning\n";
    await writeFiles(folder, { "in/one.wav": wavOf(twoSides), "in/one.vtt": vtt });
    const deps = { db, recordingsDir: join(folder, "recordings"), now: () => new Date() };
    const begun = await importRecordings(deps, { tenantId: testTenant, dir: join(folder, "in"), agent: "ana" }); // prettier-ignore
    if (!begun.ok) expect.fail(begun.error);
    const told = { importId: "", callId: "" };
    for await (const one of begun.value) Object.assign(told, one);
    const hear = (name: "ana" | "ben", key = `${told.callId}-import`) => {
      const { token } = identities.signIn(people[name]);
      const url = `${server.url}/api/v1/telephony/recordings/${encodeURIComponent(key)}`;
      return fetch(url, { headers: { authorization: `Bearer ${token}` } });
    };
    expect([(await hear("ana")).status, (await hear("ben")).status]).toEqual([200, 404]);
    expect((await hear("ana", `${told.callId}-other`)).status).toBe(404);
    await undoImport(deps, testTenant, told.importId);
    expect((await hear("ana")).status).toBe(404);
  });

  test("what was said becomes the transcript, each on their own side", async () => {
    await at.stage.present("ana");
    const { caller } = await at.stage.callIn(anasNumber);
    const desk = await untilRings("ana");
    at.stage.fake.answer(desk);
    await untilPhase("live");
    const say = (SequenceId: string, Track: string, text: string, Final = "true") =>
      at.stage.post("/transcription", {
        ...{
          CallSid: caller.sid,
          TranscriptionSid: "GT1",
          TranscriptionEvent: "transcription-content",
          SequenceId,
          Track,
          Final,
        },
        Timestamp: new Date(Date.now() + 10_000).toISOString(),
        TranscriptionData: JSON.stringify({ transcript: text }),
      });
    await say("2", "inbound_track", "I look for a desk.");
    await say("1", "outbound_track", "Northgate, good morning.");
    await say("2", "inbound_track", "I look for a desk.");
    await say("3", "inbound_track", "And", "false");
    const segments = () => read<{ doc: Record<string, unknown> }>(sql`SELECT doc FROM segments ORDER BY id`);
    await soon(async () =>
      (await segments()).map(({ doc }) => [doc["speaker"], doc["text"], doc["agentId"]]),
    ).toEqual([
      ["agent", "Northgate, good morning.", "ana"],
      ["customer", "I look for a desk.", "ana"],
    ]);
    for (const { doc } of await segments())
      expect(doc["startMs"] as number).toBeLessThan(doc["endMs"] as number);
  });
}

/** A whole call as its carrier reports it; the end comes twice. */
function reportAt(index: number): ["dialling" | "ringing" | "answered" | "completed", number] {
  const status = (["dialling", "ringing", "answered"] as const)[index] ?? "completed";
  return [status, Math.min(index, 3)];
}

/** Says how much will come and sends nothing of it: the answer must not wait for it. */
function postAnnounced(url: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "content-length": bytes },
    });
    sent.once("response", (answer) => {
      resolve(answer.statusCode);
      sent.destroy();
    });
    sent.once("error", reject);
    sent.flushHeaders();
  });
}
