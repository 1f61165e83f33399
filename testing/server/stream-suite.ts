import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { announceIdentityChange } from "../../sync-server/sync/index.ts";
import { isAfter, StreamUp, syncPaths, type PresenceEntry, type StreamDown } from "../../shared/sync/wire.ts";
import { fields } from "../fakes/blank-fields.ts";
import { arbitraryOf, type JsonSchema } from "./arbitrary-of.ts";
import { createTestDevice, edit, type TestStream } from "./test-device.ts";
import { people, testTenant } from "./test-identities.ts";
import { startTestServer, type TestServer } from "./start-test-server.ts";

type Changes = Extract<StreamDown, { type: "changes" }>;

/** The stream's rules on one kind of database. */
export function streamSuite(open: () => Promise<Database>): void {
  let server: TestServer;
  const streams: TestStream[] = [];
  beforeAll(async () => {
    server = await startTestServer({ db: await open() });
  });
  afterAll(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    await server.close();
  });
  const device = (who: keyof typeof people) => createTestDevice(server, people[who]);
  const own = { ownerId: "ana", teamId: "north" };

  function ofProtocol1(who: keyof typeof people): ReturnType<typeof device> {
    const desk = device(who);
    desk.base.protocol = 1;
    return desk;
  }

  /** How the admin is, where a message says so. */
  function adminOf(message: StreamDown): PresenceEntry | undefined {
    return message.type === "presence" ? message.people.find(({ userId }) => userId === "admin") : undefined;
  }

  async function listen(
    to: ReturnType<typeof device>,
    presence?: string,
    scope?: string,
  ): Promise<TestStream> {
    const stream = await to.listen(presence, scope);
    streams.push(stream);
    await stream.welcomed();
    return stream;
  }

  test("[STREAM-1] a change reaches who may see it, and nobody else", async () => {
    const [ana, ben, max] = [device("ana"), device("ben"), device("max")];
    const [atBen, atMax] = [await listen(ben), await listen(max)];
    const lead = edit.create("leads", fields.lead(own));
    await ana.push(lead);
    const batch = await atMax.batchWith(lead.id);
    expect(batch.docs).toMatchObject([{ id: lead.id, rev: 1 }]);
    const forBen = edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" }));
    await max.push(forBen);
    await atBen.batchWith(forBen.id);
    expect(JSON.stringify(atBen.messages)).not.toContain(lead.id);
  });

  test("[AUD-2] a record that leaves the audience comes as gone, a deleted one too", async () => {
    const [ana, max] = [device("ana"), device("max")];
    const [moved, deleted] = [edit.create("leads", fields.lead(own)), edit.create("leads", fields.lead(own))];
    await max.push(moved, deleted);
    await ana.pull("leads");
    const atAna = await listen(ana);
    await max.push(
      edit.update("leads", moved.id, 1, {
        ownerId: { from: "ana", to: "ben" },
        teamId: { from: "north", to: "south" },
      }),
      edit.remove("leads", deleted.id, 1),
    );
    const left = await atAna.next(
      (message): message is Changes =>
        message.type === "changes" && message.gone.some((id) => id === moved.id),
    );
    expect(left.gone).toEqual(expect.arrayContaining([moved.id, deleted.id]));
  });

  test("[STREAM-2] batches follow on each other without a hole, whatever else was written meanwhile", async () => {
    const [ana, ben, max] = [device("ana"), device("ben"), device("max")];
    const atAna = await listen(ana);
    await ana.pull("leads");
    const leads: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const [mine, other] = [
        edit.create("leads", fields.lead(own)),
        edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" })),
      ];
      await Promise.all([max.push(mine), ben.push(other)]);
      leads.push(mine.id);
    }
    await atAna.batchWith(leads.at(-1) ?? "");
    const batches = atAna.messages.filter(
      (message): message is Changes => message.type === "changes" && message.collection === "leads",
    );
    expect(batches.flatMap(({ docs }) => docs.map(({ id }) => id))).toEqual(leads);
    for (const [n, { from, to }] of batches.entries()) {
      expect(isAfter(to, from)).toBe(true);
      if (n > 0) expect(from).toEqual(batches[n - 1]?.to);
    }
  });

  test("[STREAM-3] a device that opens its stream and then pulls stands nowhere before the first batch", async () => {
    const [ana, max] = [device("ana"), device("max")];
    await max.push(edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" })));
    const atAna = await listen(ana);
    await ana.pull("leads");
    const lead = edit.create("leads", fields.lead(own));
    await max.push(lead);
    const { from } = await atAna.batchWith(lead.id);
    expect(isAfter(from, ana.checkpoints.get("leads") ?? from), "the device would have to pull again").toBe(
      false,
    );
  });

  test("[STREAM-4] more than a stream can carry becomes a resync, and the stream goes on from there", async () => {
    const [ana, max] = [device("ana"), device("max")];
    const atMax = await listen(max);
    await ana.push(
      ...Array.from({ length: 1_000 }, () => edit.create("leads", fields.lead({ ...own, importId: "big" }))),
    );
    await atMax.next((message) => message.type === "resync" && message.collections.includes("leads"));
    await max.pull("leads");
    const lead = edit.create("leads", fields.lead(own));
    await ana.push(lead);
    const { from } = await atMax.batchWith(lead.id);
    expect(isAfter(from, max.checkpoints.get("leads") ?? from)).toBe(false);
  });

  test("[AUD-4] a changed membership resyncs an open stream into its new scope", async () => {
    const [ana, max] = [device("ana"), device("max")];
    const atAna = await listen(ana);
    server.identities.change(ana.token, { teamIds: ["south"] as never });
    await inTenant(server.db, { tenantId: testTenant }, (tx) =>
      announceIdentityChange(tx, { tenantId: testTenant, userId: "ana" }),
    );
    const resync = await atAna.next(
      (message) => message.type === "resync" && message.collections.length === 13,
    );
    expect(resync).toMatchObject({ scope: expect.stringContaining("team:south") as unknown });
    const lead = edit.create("leads", fields.lead({ teamId: "south" }));
    await max.push(lead);
    expect((await atAna.batchWith(lead.id)).docs).toHaveLength(1);
  });

  test("a hello with an old scope is told to resync", async () => {
    const stream = await listen(device("ana"), "available", "something else");
    await stream.next((message) => message.type === "resync" && message.collections.length === 13);
  });

  describe("the end", () => {
    test.each(["revoked", "wiped"] as const)(
      "[SES-2] [SES-3] a device that was %s is told so and cut off",
      async (code) => {
        const ana = device("ana");
        const atAna = await listen(ana);
        server.identities.change(ana.token, { code, message: "Ended by an admin." });
        await inTenant(server.db, { tenantId: testTenant }, (tx) =>
          announceIdentityChange(tx, { tenantId: testTenant, userId: "ana" }),
        );
        await atAna.next((message) => message.type === "end" && message.why === code);
        const again = await ana.listen();
        streams.push(again);
        await again.next((message) => message.type === "end" && message.why === code);
      },
    );

    test("[SES-1] a desk of another protocol is told to update", async () => {
      const ana = device("ana");
      ana.base.protocol = 99 as never;
      const stream = await ana.listen();
      streams.push(stream);
      await stream.next((message) => message.type === "end" && message.why === "update-required");
    });

    test("no sign-in opens no stream; a foreign device and nonsense close it", async () => {
      const unsigned = device("ana");
      server.identities.change(unsigned.token, { code: "unauthorised", message: "" });
      await expect(unsigned.listen()).rejects.toThrow("401");
      const foreign = device("ana");
      foreign.base.device = "another" as never;
      const stream = await foreign.listen();
      await new Promise((resolve) => stream.socket.once("close", resolve));
      expect(stream.messages).toEqual([]);
      const unstorable = { type: "presence", presence: "break", reason: "\u0000" };
      for (const nonsense of [{ type: "shout" }, unstorable]) {
        const rude = await listen(device("ana"));
        rude.send(nonsense as never);
        expect(await new Promise((resolve) => rude.socket.once("close", resolve))).toBe(1008);
      }
    });
  });

  test("presence is told when it changes and when somebody leaves; the most engaged desk counts", async () => {
    const atMax = await listen(device("max"));
    const told = (presence: string) =>
      atMax.next(
        (message) =>
          message.type === "presence" &&
          message.people.some((entry) => entry.userId === "admin" && entry.presence === presence),
      );
    const desk = await listen(device("admin"));
    await told("available");
    const second = await listen(device("admin"), "break");
    second.send({ type: "presence", presence: "busy" });
    await told("busy");
    await second.close();
    await desk.close();
    await told("offline");
  });

  test("a break is told with its reason, to desks that know of reasons", async () => {
    const [atMax, old] = [await listen(device("max")), await listen(ofProtocol1("ben"))];
    const told = (to: TestStream, presence: string, reason: string | undefined, after = "") =>
      to.next((message) => {
        const entry = adminOf(message);
        return entry?.presence === presence && entry.reason === reason && entry.since > after;
      });
    const desk = await listen(device("admin"));
    desk.send({ type: "presence", presence: "break", reason: "lunch" });
    const lunch = adminOf(await told(atMax, "break", "lunch"));
    await told(old, "break", undefined);
    // Of another break the clock begins anew; nobody is available for a reason.
    desk.send({ type: "presence", presence: "break", reason: "training" });
    const training = adminOf(await told(atMax, "break", "training", lunch?.since));
    desk.send({ type: "presence", presence: "available", reason: "training" });
    await told(atMax, "available", "", training?.since);
  });

  test("a ping is answered", async () => {
    const stream = await listen(device("ana"));
    stream.send({ type: "ping" });
    await stream.next((message) => message.type === "pong");
  });

  test("whatever a desk sends, its stream goes on or ends with a reason, and nobody else's is touched", async () => {
    const bystander = await listen(device("ben"));
    const fromSchema = arbitraryOf(z.toJSONSchema(StreamUp) as JsonSchema).map((value) =>
      JSON.stringify(value),
    );
    const frame = fc.oneof(
      { weight: 3, arbitrary: fromSchema },
      fc.json({ maxDepth: 30 }),
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }),
      fc.constant("x".repeat(2 ** 20)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 6 }), async (frames) => {
        const { socket, next } = await device("ana").listen();
        const ended = new Promise<number>((resolve) => socket.once("close", resolve));
        for (const one of frames) socket.send(one);
        socket.send('{"type":"ping"}');
        const came = await Promise.race([ended, next(({ type }) => type === "pong")]);
        // 1006 is a connection that broke, 1011 a server that failed.
        expect([1006, 1011]).not.toContain(came);
        socket.terminate();
      }),
      { numRuns: 40 },
    );
    expect(bystander.socket.readyState).toBe(bystander.socket.OPEN);
    bystander.send({ type: "ping" });
    await bystander.next(({ type }) => type === "pong");
  });

  test("a plain request at the stream's address is refused politely", async () => {
    const { status } = await device("ana").post(syncPaths.stream, {});
    expect(status).toBe(404);
  });
}
