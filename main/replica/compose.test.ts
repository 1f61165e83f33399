import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newRecordId } from "../../shared/entities/id.ts";
import { contract } from "../../shared/rpc/contract.ts";
import {
  addPerson,
  hashPassword,
  password,
  startAuthServer,
  type AuthServer,
} from "../../testing/server/start-auth-server.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { apiRoot } from "../../sync-server/admin/route.ts";
import { Devices } from "../../sync-server/admin/wire.ts";
import { openDeskWindow, type DeskWindow } from "../../testing/fakes/desk-window.ts";
import { createFakeHost, type FakeHost } from "../../testing/fakes/host-port.ts";
import { openCuttableWay } from "../../testing/sip/cuttable-way.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { composeReplica, type ReplicaProcess } from "./compose.ts";
import { createLeaving } from "./session/leaving.ts";

// The whole replica process but for its link to main: real sign-in, real sync, real folders.
let server: AuthServer;
let dataDir: string;
let host: FakeHost;
let running: ReplicaProcess[] = [];
let logged: string[] = [];

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

beforeAll(async () => {
  const db = await openTestDatabase();
  server = await startAuthServer(db);
  const hash = await hashPassword();
  await addPerson(db, { id: "ana", tenantId: "acme", role: "agent", teamIds: ["north"], hash });
  await addPerson(db, { id: "ada", tenantId: "acme", role: "admin", hash });
});
afterAll(() => server.close());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ringside-data-"));
  host = createFakeHost();
  logged = [];
});
afterEach(async () => {
  for (const replica of running.splice(0)) await replica.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(serverUrl = server.url): Promise<{ replica: ReplicaProcess; window: DeskWindow }> {
  const settings = { dataDir, serverUrl, deviceName: "Test desk", appVersion: "1", demo: false };
  const replica = await composeReplica(
    settings,
    host,
    (line) => logged.push(line),
    () => logged.push("left"),
  );
  running.push(replica);
  const window = openDeskWindow(replica.router);
  await replica.session.start();
  return { replica, window };
}

async function stop(replica: ReplicaProcess): Promise<void> {
  running = running.filter((other) => other !== replica);
  await replica.close();
}

const folder = async () => join(dataDir, "replicas", (await readdir(join(dataDir, "replicas")))[0] ?? "");

/** Making a database takes seconds; the folder is known once somebody has signed in. */
async function signIn(window: DeskWindow, email = "ana@test.example"): Promise<void> {
  const answer = await window.call(contract.signIn, { email, password });
  expect(answer).toEqual({ ok: true, value: { next: "signed-in" } });
}
const live = (window: DeskWindow) =>
  window.until(contract.syncStatus, {}, ({ phase }) => phase === "live", 30_000);
const state = async (window: DeskWindow) => (await window.until(contract.session, {}, () => true)).session;
async function addLead(window: DeskWindow, name: string): Promise<string> {
  const made = await window.call(contract.createRecord, {
    collection: "leads",
    fields: { name },
    label: `Added ${name}`,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

test("sign in, work, restart without a server: the desk opens by itself and shows everything", async () => {
  const first = await start();
  expect(await state(first.window)).toEqual({ state: "signed-out", reason: null });
  const wrong = await first.window.call(contract.signIn, {
    email: "ana@test.example",
    password: "wrong password!",
  });
  expect(wrong).toMatchObject({ ok: false, error: { code: "refused" } });
  expect(await first.window.call(contract.pauseSync, { paused: true })).toMatchObject({
    error: { code: "signed-out" },
  });

  await signIn(first.window);
  await live(first.window);
  const id = await addLead(first.window, "Maria");
  await first.window.until(
    contract.syncStatus,
    {},
    ({ waiting, leadsOnDevice }) => waiting === 0 && leadsOnDevice === 1,
  );
  await stop(first.replica);

  const again = await start("http://127.0.0.1:9");
  expect(await state(again.window)).toMatchObject({ state: "signed-out" });
  await stop(again.replica);

  const offline = await start();
  expect(await state(offline.window)).toMatchObject({
    state: "signed-in",
    person: { name: "ana" },
    ended: null,
  });
  const { record } = await offline.window.until(contract.record, { collection: "leads", id }, () => true);
  expect(record).toMatchObject({ name: "Maria", ownerId: "ana", rev: 1 });
  expect(logged).toEqual([]);
});

test("another role is shown at once, and after a restart before the server has answered", async () => {
  const first = await start();
  await signIn(first.window);
  await live(first.window);
  const admin = await asAdmin();
  const role = async ({ window }: { window: DeskWindow }) => {
    const now = await state(window);
    return now.state === "signed-in" && now.person.role;
  };
  await admin.giveRole("manager");
  await expect.poll(() => role(first)).toBe("manager");
  await expect.poll(() => readFile(join(dataDir, "session.json"), "utf8")).toContain('"role": "manager"');
  await stop(first.replica);
  const second = await start();
  expect(await role(second)).toBe("manager");
  await admin.giveRole("agent");
  await expect.poll(() => role(second)).toBe("agent");
});

test("sign-out asks about unsent edits, keeps them when told to, and removes everything when told to", async () => {
  const { window } = await start();
  await signIn(window);
  await live(window);
  await window.call(contract.pauseSync, { paused: true });
  const id = await addLead(window, "Kept");
  expect(await window.call(contract.signOut, { unsent: "ask" })).toMatchObject({
    ok: false,
    error: { code: "refused", details: { unsent: 1 } },
  });
  const root = await folder();
  await window.call(contract.startDraft, { question: { about: "chat", leadId: null, said: "Who is Kept?" } });
  await window.call(contract.signOut, { unsent: "keep" });
  expect(await state(window)).toMatchObject({ state: "signed-out" });
  expect(await readdir(root), "nothing of it but the edits").toEqual(["journal"]);
  expect([...host.stored.keys()].map((name) => name.split(".")[0])).toEqual(["journal-key"]);

  await signIn(window);
  await window.until(
    contract.syncStatus,
    {},
    ({ phase, waiting }) => phase === "live" && waiting === 0,
    30_000,
  );
  await window.until(contract.record, { collection: "leads", id }, ({ record }) => record?.["rev"] === 1);
  await window.call(contract.signOut, { unsent: "ask" });
  expect(existsSync(root)).toBe(false);
  expect(host.stored.size).toBe(0);
});

test("calls that may turn out to be somebody's stay when they sign out, sealed, and are theirs alone", async () => {
  const { window } = await start();
  const aside = async () => (await window.call(contract.callsAside, {})) as unknown;
  await signIn(window);
  await live(window);
  const callId = newRecordId();
  const told = {
    callId,
    record: null,
    leadId: null,
    passedTo: "+13125550147",
    inUntil: "2026-11-22T09:00:00.000Z",
  };
  const calls = [{ ...told, name: "Maria Kowalski", company: "", events: [] }];
  expect(await window.call(contract.keepCallsAside, { calls })).toMatchObject({ ok: true });
  const root = await folder();
  await window.call(contract.signOut, { unsent: "ask" });
  expect(await readdir(root)).toEqual(["journal"]);
  const kept = await readFile(join(root, "journal", "calls-aside"));
  expect([kept.includes("Maria"), kept.includes("5550147")]).toEqual([false, false]);

  await signIn(window, "ada@test.example");
  expect(await aside(), "somebody else's").toEqual({ ok: true, value: { calls: [] } });
  await signIn(window);
  expect(await aside()).toEqual({ ok: true, value: { calls } });

  // The server has said whose they are.
  await window.call(contract.keepCallsAside, { calls: [] });
  await window.call(contract.signOut, { unsent: "ask" });
  expect(existsSync(root)).toBe(false);
});

test("[SES-4] another person gets a folder of their own", async () => {
  const { window } = await start();
  await signIn(window);
  await live(window);
  await signIn(window, "ada@test.example");
  expect(await state(window)).toMatchObject({ person: { name: "ada" } });
  expect(await readdir(join(dataDir, "replicas"))).toHaveLength(2);
});

/** What the admin does to the device of whoever signed in last, and how it stands in the console. */
async function asAdmin() {
  const { token } = await server.signIn("ada@test.example");
  const read = async () => Devices.parse((await server.ask(`${apiRoot}/devices`, { token })).body).devices;
  const [device] = (await read())
    .filter(({ userName, name }) => userName === "ana" && name === "Test desk")
    .toSorted((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
  return {
    async order(what: "revoke" | "wipe") {
      const done = await server.ask(`${apiRoot}/devices/${device?.id}/${what}`, { method: "POST", token, body: {} }); // prettier-ignore
      expect(done.status).toBeLessThan(300);
    },
    giveRole: (role: "agent" | "manager") =>
      server.ask(`${apiRoot}/people/ana`, { method: "PATCH", token, body: { role } }),
    stands: async () => (await read()).find(({ id }) => id === device?.id)?.state,
  };
}
const untilWiped = (window: DeskWindow) =>
  window.until(
    contract.session,
    {},
    ({ session }) =>
      session.state === "signed-out" && session.reason?.startsWith("This device was wiped") === true,
  );
function expectNothingLeft(root: string): void {
  expect(existsSync(root)).toBe(false);
  expect(existsSync(join(dataDir, "session.json"))).toBe(false);
  expect(existsSync(join(dataDir, "installation.json"))).toBe(false);
  expect(existsSync(join(dataDir, "leaving.json"))).toBe(false);
  expect(host.stored.size).toBe(0);
}

test("[SES-3] a wiped device removes records, journal and key, says so, and the console knows", async () => {
  const { window } = await start();
  await signIn(window);
  await live(window);
  const admin = await asAdmin();
  const root = await folder();
  await admin.order("wipe");
  await window.call(contract.syncNow, {});
  await untilWiped(window);
  await expect.poll(admin.stands).toBe("wiped");
  expectNothingLeft(root);
});

test("[SES-3] a device that was revoked first hears of the wipe all the same, also by who tries to sign in there", async () => {
  const { window } = await start();
  await signIn(window);
  await live(window);
  const admin = await asAdmin();
  const root = await folder();
  await admin.order("revoke");
  await window.until(contract.session, {}, ({ session }) => session.state === "signed-in" && session.ended === "revoked"); // prettier-ignore
  await admin.order("wipe");
  expect(await admin.stands()).toBe("wipe-pending");
  expect(await window.call(contract.signIn, { email: "ana@test.example", password })).toMatchObject({ ok: false }); // prettier-ignore
  await untilWiped(window);
  await expect.poll(admin.stands).toBe("wiped");
  expectNothingLeft(root);
});

test("[SES-3] a wipe that was cut off is finished before anybody's desk is opened", async () => {
  const { replica, window } = await start();
  await signIn(window);
  await live(window);
  const admin = await asAdmin();
  const root = await folder();
  const { account } = replica.session.desk() ?? expect.fail("no desk is open");
  await stop(replica);
  await admin.order("wipe");
  // As it lies there when the process ends in the moment after.
  const ports = { dataDir, currentPath: join(dataDir, "session.json"), host, timers: systemTimers };
  const auth = { confirmWiped: () => Promise.resolve(false) };
  await createLeaving({ ...ports, auth }).begin(account, "wipe");
  expect(existsSync(root)).toBe(true);

  const again = await start();
  await untilWiped(again.window);
  await expect.poll(admin.stands).toBe("wiped");
  expectNothingLeft(root);
});

test("a second desk on the same folder says who holds it, and opens when that one has gone", async () => {
  const first = await start();
  await signIn(first.window);
  await live(first.window);
  const second = await start();
  expect(await state(second.window)).toMatchObject({ state: "blocked", code: "locked" });
  await stop(first.replica);
  await second.window.until(contract.session, {}, ({ session }) => session.state === "signed-in");
});

test("a keychain that is locked keeps the desk closed, loses no edit, and opens it when it answers", async () => {
  const first = await start();
  await signIn(first.window);
  await live(first.window);
  await first.window.call(contract.pauseSync, { paused: true });
  const unsent = await addLead(first.window, "Unsent");
  const root = await folder();
  await stop(first.replica);
  host.lockKeychain(true);

  const { replica, window } = await start();
  expect(await state(window)).toMatchObject({ state: "blocked", code: "keychain" });
  host.lockKeychain(false);
  await window.until(contract.session, {}, ({ session }) => session.state === "signed-in", 30_000);
  await live(window);
  await window.until(
    contract.record,
    { collection: "leads", id: unsent as never },
    ({ record }) => record?.["name"] === "Unsent",
  );
  expect((await readdir(join(root, "journal"))).filter((name) => name.includes("damaged"))).toEqual([]);

  // A wipe waits for nobody to unlock anything.
  host.lockKeychain(true);
  replica.session.ended("wiped");
  await window.until(contract.session, {}, ({ session }) => session.state === "signed-out");
  expect(existsSync(root)).toBe(false);
});

test("unsent edits whose key is gone are kept, however often that happens", async () => {
  host.lockKeychain(true);
  let { replica, window } = await start();
  const credentials = { email: "ana@test.example", password };
  expect(await window.call(contract.signIn, credentials)).toMatchObject({ error: { code: "locked" } });
  host.lockKeychain(false);
  await signIn(window);
  await live(window);
  const root = await folder();
  for (let time = 1; time <= 2; time++) {
    await window.call(contract.pauseSync, { paused: true });
    await addLead(window, `Unsent ${time}`);
    await stop(replica);
    for (const name of host.stored.keys()) if (name.startsWith("journal-key")) host.stored.delete(name);
    ({ replica, window } = await start());
    const aside = (await readdir(join(root, "journal"))).filter((name) => name.includes("damaged"));
    expect(aside).toHaveLength(time);
  }
});

test("a desktop that says it has slept makes its desk connect anew, over connections of its own", async () => {
  const way = await openCuttableWay(Number(new URL(server.url).port));
  const { window } = await start(`http://127.0.0.1:${way.port}`);
  await signIn(window);
  await live(window);
  const through = way.through();
  host.desktop.power("suspend");
  way.forget();
  host.desktop.power("resume");
  // The stream, and at least one for what is asked.
  await expect.poll(() => way.through(), { timeout: 60_000 }).toBeGreaterThan(through + 1);
  await live(window);
  await way.close();
});

test("records that do not open are set aside and come again; unsent edits stay", async () => {
  const first = await start();
  await signIn(first.window);
  await live(first.window);
  const sent = await addLead(first.window, "Sent");
  await first.window.until(contract.syncStatus, {}, ({ waiting }) => waiting === 0);
  await first.window.call(contract.pauseSync, { paused: true });
  const unsent = await addLead(first.window, "Unsent");
  const root = await folder();
  await stop(first.replica);
  await rm(join(root, "database", "global"), { recursive: true });

  const { window } = await start();
  await live(window);
  for (const [id, name] of [
    [sent, "Sent"],
    [unsent, "Unsent"],
  ] as const) {
    await window.until(
      contract.record,
      { collection: "leads", id: id as never },
      ({ record }) => record?.["name"] === name,
    );
  }
  expect((await readdir(root)).filter((name) => name.startsWith("database.damaged-"))).toHaveLength(1);
});
