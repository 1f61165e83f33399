import { join } from "node:path";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { greetingSoundPath } from "../../shared/calls/greeting-wire.ts";
import { writeWav } from "../../shared/sound/wav.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { people, testTenant, type PersonName } from "../../testing/server/test-identities.ts";
import { isOver, type FakeLeg } from "../../testing/telephony/fake-line.ts";
import { phoneRules, useLineStage } from "../../testing/telephony/use-line-stage.ts";
import { inTenant, rowsOf } from "../database/index.ts";
import { keepGreetingSounds } from "./greetings.ts";
import type { GivenRecord } from "../sync/index.ts";

const at = useLineStage(openTestDatabase);
const { soon, lineNow } = at;
const untilOver = () => soon(async () => (await lineNow())?.phase).toMatchObject({ why: "voicemail" });
const drop = (greeting = "short") => at.stage.control("ana", "call-1", { do: "drop-voicemail", greeting });

const configure = (...settings: GivenRecord[]) => at.save("settings", settings);

function greeting(key: string, given: object = {}): GivenRecord {
  const own = { id: `greeting:${key}`, kind: "greeting", key, label: key, order: 0, archived: false };
  return { ...own, use: "drop", text: `The words of ${key}.`, sound: "", ...given } as GivenRecord;
}

/** Ana has dialled, and something picked up. */
async function reachMachine(): Promise<{ desk: FakeLeg; machine: FakeLeg }> {
  await at.stage.present("ana");
  const desk = await at.stage.callOut("ana", "call-1");
  const customer = () => at.stage.fake.legs().find(({ to }) => to.kind === "number");
  await soon(() => customer()?.status).toBe("ringing");
  const machine = customer() as FakeLeg;
  at.stage.fake.answer(machine);
  await soon(async () => (await lineNow())?.phase.phase).toBe("live");
  return { desk, machine };
}

function readEnds(): Promise<{ source: string; why: string }[]> {
  return inTenant(
    at.stage.db,
    { tenantId: testTenant },
    (tx) =>
    rowsOf(tx, sql`SELECT event->>'source' AS source, event->>'why' AS why FROM call_events WHERE event->>'type' = 'ended'`), // prettier-ignore
  );
}

describe("a message on a machine", () => {
  beforeEach(() =>
    configure(greeting("short"), greeting("old", { archived: true }), greeting("home", { use: "mailbox" })),
  );

  test("is left while its agent is free already; the call ends once, with the message and not with the machine", async () => {
    const { desk, machine } = await reachMachine();
    expect((await drop()).status).toBe(204);
    expect(machine).toMatchObject({
      status: "answered",
      script: [{ do: "say", text: "The words of short." }, { do: "hang-up" }],
    });
    expect(isOver(desk)).toBe(true);
    await untilOver();
    const endedAt = (await lineNow())?.endedAt;
    expect((await drop()).status, "asked again when it is over").toBe(404);
    at.stage.fake.end(machine, "completed");
    await at.stage.delivered();
    await soon(openLegs).toBe(0);
    expect(await readEnds()).toEqual([{ source: "server:line", why: "voicemail" }]);
    expect(await lineNow()).toMatchObject({ endedAt, phase: { phase: "wrap-up", why: "voicemail" } });
  });

  test("is one also where callers can leave none with us", async () => {
    await configure(phoneRules({ voicemail: false }));
    await reachMachine();
    expect((await drop()).status).toBe(204);
    await untilOver();
  });

  test("that a person or a hang-up cuts off is one end all the same", async () => {
    const { desk, machine } = await reachMachine();
    at.stage.faults.delays = 1;
    at.stage.fake.end(machine, "completed");
    expect([204, 404, 409]).toContain((await drop()).status);
    await at.stage.delivered();
    await soon(openLegs).toBe(0);
    expect(isOver(desk)).toBe(true);
    expect(await readEnds()).toHaveLength(1);
    expect((await lineNow())?.phase.phase).toBe("wrap-up");
  });

  test.each([1, 2, 3])("is left by a carrier that fails three times in ten (seed %i)", async (seed) => {
    await at.begin({ seed });
    await configure(greeting("short"));
    const { desk, machine } = await reachMachine();
    at.stage.fake.state.failureShare = 0.3;
    at.stage.faults.duplicates = 0.3;
    at.stage.faults.delays = 0.3;
    expect((await drop()).status).toBe(204);
    await untilOver();
    at.stage.fake.end(machine, "completed");
    await at.stage.delivered();
    await soon(openLegs).toBe(0);
    expect(isOver(desk)).toBe(true);
    expect(machine.script[0]).toMatchObject({ do: "say" });
    expect(await readEnds()).toEqual([{ source: "server:line", why: "voicemail" }]);
  });

  test("waits for the tone where the carrier listens for it", async () => {
    await configure(phoneRules({ detectMachines: true }));
    const { machine } = await reachMachine();
    expect(machine.detects).toBe(true);
    expect((await drop()).status).toBe(204);
    expect(machine.script.map((step) => step.do)).toEqual(["pause", "say", "hang-up"]);
    await untilOver();
    await tellPickedUp(machine, "machine_end_beep");
    await soon(() => machine.script.map((step) => step.do)).toEqual(["say", "hang-up"]);
    await soon(async () => (await lineNow())?.machine).toBe(true);
    at.stage.fake.end(machine, "completed");
    await at.stage.delivered();
    await soon(openLegs).toBe(0);
    expect(await readEnds()).toHaveLength(1);
  });

  test("is played at once after the tone, and the agent was told what picked up", async () => {
    await configure(phoneRules({ detectMachines: true }));
    const { machine } = await reachMachine();
    expect((await lineNow())?.machine).toBe(false);
    for (let time = 0; time < 2; time += 1) await tellPickedUp(machine, "machine_end_beep");
    await soon(async () => (await lineNow())?.machine).toBe(true);
    expect((await lineNow())?.phase.phase).toBe("live");
    expect((await drop()).status).toBe(204);
    expect(machine.script.map((step) => step.do)).toEqual(["say", "hang-up"]);
  });

  test("a person is no machine, and nobody is listened for where the tenant does not want it", async () => {
    const { machine } = await reachMachine();
    expect(machine.detects).toBe(false);
    await tellPickedUp(machine, "human");
    expect((await lineNow())?.machine).toBe(false);
  });

  test("a greeting that cannot be left changes nothing", async () => {
    const { desk, machine } = await reachMachine();
    const refused = { status: 409, body: { error: { details: { code: "not-possible" } } } };
    for (const key of ["old", "home", "nothing"]) expect(await drop(key), key).toMatchObject(refused);
    expect([desk.status, machine.status]).toEqual(["answered", "answered"]);
    expect((await lineNow())?.phase.phase).toBe("live");
  });
});

function openLegs(): Promise<number> {
  return inTenant(at.stage.db, { tenantId: testTenant }, async (tx) => {
    const open = await rowsOf(tx, sql`SELECT 1 FROM call_legs WHERE state <> 'ended'`);
    return open.length;
  });
}

async function tellPickedUp({ sid, legId }: FakeLeg, AnsweredBy: string): Promise<void> {
  const told = await at.stage.post(`/picked-up?leg=${legId}`, { CallSid: sid, AnsweredBy });
  expect(told.status).toBe(204);
}

describe("a caller who reaches nobody", () => {
  beforeEach(() => at.stage.present());

  test("hears the tenant's first greeting that is in use, and leaves a message", async () => {
    await configure(
      greeting("left", { use: "drop", order: 0 }),
      greeting("gone", { use: "mailbox", order: 1, archived: true }),
      greeting("second", { use: "mailbox", order: 3 }),
      greeting("first", { use: "mailbox", order: 2 }),
    );
    const { twiml } = await at.stage.callIn();
    expect(twiml).toContain("<Say>The words of first.</Say><Record");
  });

  test("hears our words where it has none, and no invitation to speak where it takes no messages", async () => {
    expect((await at.stage.callIn()).twiml).toContain("leave your name");
    await configure(greeting("home", { use: "mailbox" }), phoneRules({ voicemail: false }));
    const { twiml } = await at.stage.callIn();
    expect(twiml).toContain("Nobody can take your call at the moment.</Say><Hangup");
  });
});

describe("a recorded greeting", () => {
  const wav = writeWav(new Int16Array(8_000));
  const send = async (
    who: PersonName,
    method: string,
    body?: Uint8Array<ArrayBuffer>,
    id = "greeting:home",
  ) => {
    const { token } = at.stage.identities.signIn(people[who]);
    return fetch(at.stage.server.url + greetingSoundPath(id), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "audio/wav" } : {}) },
      ...(body ? { body } : {}),
    });
  };
  beforeEach(async () => {
    await at.stage.present();
    await configure(greeting("home", { use: "mailbox" }));
  });

  test("is kept, played to callers from an address that nobody guesses, and no more once it is removed", async () => {
    const { sound } = (await (await send("admin", "PUT", wav)).json()) as { sound: string };
    expect(sound).toMatch(/^[\w-]{32}$/u);
    const url = /<Play[^>]*>([^<]+)<\/Play><Record/u.exec((await at.stage.callIn()).twiml)?.[1] ?? "";
    expect(url).toContain(sound);
    const played = await fetch(url);
    expect(played.headers.get("content-type")).toBe("audio/wav");
    expect(new Uint8Array(await played.arrayBuffer())).toEqual(wav);
    expect((await fetch(url.replace(sound, sound.split("").toReversed().join("")))).status).toBe(404);
    expect(
      await keepGreetingSounds(join(at.stage.folder, "greetings", testTenant, "x")).read("..", sound),
    ).toBeNull();
    expect(new Uint8Array(await (await send("ana", "GET")).arrayBuffer())).toEqual(wav);
    await configure(greeting("home", { use: "mailbox" }));
    expect((await send("ana", "GET")).status).toBe(404);
    expect((await at.stage.callIn()).twiml).toContain("<Say>The words of home.");
  });

  test("goes a day after no greeting has it any more, and not before", async () => {
    const sounds = keepGreetingSounds(join(at.stage.folder, "greetings"));
    const [used, left] = [await sounds.write(testTenant, wav), await sounds.write(testTenant, wav)];
    await configure(greeting("home", { use: "mailbox", sound: used }));
    const kept = async () => [await sounds.read(testTenant, used), await sounds.read(testTenant, left)].map(Boolean); // prettier-ignore
    await sounds.tidy(at.stage.db, new Date());
    expect(await kept()).toEqual([true, true]);
    await sounds.tidy(at.stage.db, new Date(Date.now() + 2 * 86_400_000));
    expect(await kept()).toEqual([true, false]);
  });

  test("is what it says it is, no longer than two minutes, and an admin's", async () => {
    expect((await send("max", "PUT", wav)).status).toBe(403);
    expect((await send("admin", "PUT", wav, "greeting:other")).status).toBe(404);
    expect((await send("admin", "PUT", wav.slice(0, 500))).status).toBe(400);
    expect((await send("admin", "PUT", new TextEncoder().encode("<script>"))).status).toBe(400);
    expect((await send("admin", "PUT", writeWav(new Int16Array(8_000 * 120 + 80)))).status).toBe(400);
    expect((await send("admin", "PUT", new Uint8Array(4_000_000))).status).toBe(413);
  });
});
