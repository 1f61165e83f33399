import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { usualQueue } from "../../shared/calls/phone-rules.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { nameSubjects } from "../../sync-server/admin/audit-names.ts";
import {
  AuditEntries,
  CallLists,
  Devices,
  DoNotCallImported,
  DoNotCallList,
  Health,
  Me,
  People,
  Queues,
  Tenants,
  Teams,
} from "../../sync-server/admin/wire.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { inSystem, inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { adminPhoneTests } from "./admin-phone-tests.ts";
import { adminPlaybookTests } from "./admin-playbook-tests.ts";
import { adminSettingTests } from "./admin-setting-tests.ts";
import {
  addPerson,
  hashPassword,
  mintToken,
  soon,
  startAuthServer,
  type Ask,
  type AuthServer,
} from "./start-auth-server.ts";

/** The administration API on one kind of database. */
export function adminSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    server = await startAuthServer(db);
    await addPerson(db, { id: "ops", tenantId: "operations", role: "operator", hash });
    await addPerson(db, { id: "grace", tenantId: "one", role: "admin", hash });
    await addPerson(db, { id: "max", tenantId: "one", role: "manager", teamIds: ["north"], hash });
    await addPerson(db, { id: "ana", tenantId: "one", role: "agent", teamIds: ["north"], hash });
    const now = "2026-01-01T09:00:00.000Z";
    await inTenant(db, { tenantId: "one" }, (tx) =>
      saveRecords(tx, "one", "settings", firstSettings("One"), { now }),
    );
    for (const id of ["grace", "max", "ana"]) tokens[id] = await mintToken(db, id, "one");
    tokens["ops"] = await mintToken(db, "ops", "operations");
  });
  afterAll(() => server.close());

  const as = (who: string, path: string, ask: Ask = {}) =>
    server.ask(`/api/v1${path}`, { ...ask, token: tokens[who] });
  const codeOf = (body: unknown) => WireError.parse(body).error.code;
  const lastAudit = async () => {
    const { entries } = AuditEntries.parse((await as("grace", "/audit?limit=1")).body);
    return entries[0];
  };

  test("each role is told what it may ask, and refused everything else", async () => {
    const mayOf = async (who: string) => Me.parse((await as(who, "/me")).body).may;
    const everything = new Set((await Promise.all(["ana", "max", "grace", "ops"].map(mayOf))).flat());
    expect(everything.size).toBeGreaterThan(30);
    for (const who of ["ana", "max", "grace", "ops"]) {
      const may = new Set(await mayOf(who));
      for (const route of everything) {
        const [method = "", path = ""] = route.split(" ");
        if (may.has(route) || method !== "GET") continue;
        const answer = await as(who, path.replace(/:\w+/u, "x"), { method });
        expect([answer.status, codeOf(answer.body)], `${who} ${route}`).toEqual([403, "forbidden"]);
      }
    }
    expect(await mayOf("ops")).not.toContain("GET /people");
  });

  test("people: a role changes with its teams, and the audit log tells before and after", async () => {
    const answer = await as("grace", "/people/ana", {
      method: "PATCH",
      body: { role: "manager", teamIds: [] },
    });
    expect(answer.body).toMatchObject({ userId: "ana", role: "manager", teamIds: [] });
    expect(await lastAudit()).toMatchObject({
      action: "member.change",
      actorId: "grace",
      subject: "users/ana",
      subjectName: expect.stringMatching(/^\S/u),
      details: { before: { role: "agent", teamIds: ["north"] }, after: { role: "manager", teamIds: [] } },
    });
    await as("grace", "/people/ana", { method: "PATCH", body: { role: "agent", teamIds: ["north"] } });
    const { people } = People.parse((await as("max", "/people")).body);
    expect(people.map(({ userId }) => userId)).toEqual(["ana", "grace", "max"]);
  });

  test("people: nobody takes the last admin away, nor makes an operator", async () => {
    for (const body of [{ role: "agent" }, { active: false }]) {
      const answer = await as("grace", "/people/grace", { method: "PATCH", body });
      expect([answer.status, codeOf(answer.body)]).toEqual([409, "conflict"]);
    }
    const operator = await as("grace", "/people/ana", { method: "PATCH", body: { role: "operator" } });
    expect(operator.status).toBe(400);
    const unknownTeam = await as("grace", "/people/ana", { method: "PATCH", body: { teamIds: ["nowhere"] } });
    expect(unknownTeam.status).toBe(400);
    const { people } = People.parse((await as("grace", "/people")).body);
    expect(people.find(({ userId }) => userId === "ana")?.teamIds, "a refused change leaves nothing").toEqual(
      ["north"],
    );
  });

  test("do not call: numbers are kept as E.164, found however they are typed, once each, with who said so", async () => {
    const added = await as("max", "/do-not-call", {
      body: { number: "(312) 555-0147", reason: "Asked by mail" },
    });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ number: "+13125550147", reason: "Asked by mail", byName: "max" });
    expect(await lastAudit()).toMatchObject({
      action: "do-not-call.add",
      actorId: "max",
      subject: "do-not-call/+13125550147",
    });
    const again = await as("grace", "/do-not-call", { body: { number: "+1 312 555 0147", reason: "" } });
    expect([again.status, codeOf(again.body)]).toEqual([409, "conflict"]);
    const nonsense = await as("grace", "/do-not-call", { body: { number: "soon", reason: "" } });
    expect(nonsense.status).toBe(400);
    const text = '312-555-0160\n"+44 20 7946 0018", Court order\n312 555 0147\n\nnot a number\n312.555.0160';
    const imported = await as("grace", "/do-not-call/import", { body: { text, reason: "List of May" } });
    expect(DoNotCallImported.parse(imported.body)).toEqual({
      added: 2,
      known: 2,
      refused: [{ line: 5, text: "not a number", why: "Not a phone number." }],
    });
    const list = async (query: string) =>
      DoNotCallList.parse((await as("grace", `/do-not-call?${query}`)).body);
    expect((await list("search=555%2001")).entries.map(({ number }) => number)).toEqual([
      "+13125550147",
      "+13125550160",
    ]);
    expect(await list("search=court")).toMatchObject({
      total: 1,
      entries: [{ number: "+442079460018", reason: "Court order" }],
    });
    const first = await list("limit=2");
    expect(first).toMatchObject({ total: 3, next: "+13125550160" });
    expect((await list(`limit=2&after=${encodeURIComponent(first.next ?? "")}`)).entries).toHaveLength(1);
    expect(
      (await as("max", "/do-not-call/+13125550147", { method: "DELETE" })).status,
      "a manager only adds",
    ).toBe(403);
    expect((await as("grace", "/do-not-call/+13125550147", { method: "DELETE" })).status).toBe(204);
    expect((await as("grace", "/do-not-call/+13125550147", { method: "DELETE" })).status).toBe(404);
  });

  test("call lists: made, paused, and not removed while somebody waits in them", async () => {
    const retryMinutes = { "no-answer": 60, busy: 10, voicemail: 240, failed: null };
    const given = { key: "spring", label: "Spring", userIds: [], teamIds: [], mode: "power", previewSeconds: 10, priority: 5, maxAttempts: 3, retryMinutes, businessHoursOnly: false, paused: false }; // prettier-ignore
    expect((await as("grace", "/call-lists", { body: { ...given, maxAttempts: 0 } })).status).toBe(400);
    expect((await as("grace", "/call-lists", { body: given })).status).toBe(201);
    const paused = await as("grace", "/call-lists/call-list:spring", {
      method: "PATCH",
      body: { paused: true },
    });
    expect(CallLists.parse(paused.body).callLists).toMatchObject([{ id: "call-list:spring", paused: true }]);
    const at = new Date();
    const entry = { id: "entry-1", listKey: "spring", leadId: "lead-1", priority: 5, because: "new", addedBy: "ana", addedAt: at, changedAt: at } as const; // prettier-ignore
    const one = { tenantId: "one" };
    await inTenant(db, one, (tx) =>
      tx.insert(schema.callListEntries).values({ ...one, state: "waiting", ...entry }),
    );
    const remove = () => as("grace", "/call-lists/call-list:spring", { method: "DELETE" });
    expect((await remove()).status).toBe(409);
    await inTenant(db, one, (tx) =>
      tx.update(schema.callListEntries).set({ state: "done", doneWhy: "reached" }),
    );
    expect((await remove()).status).toBe(204);
    const left = await inTenant(db, one, (tx) => tx.select().from(schema.callListEntries));
    expect(left, "they would count in another list of this key").toEqual([]);
  });

  test("queues: one that others send callers to stays, and none sends them to itself", async () => {
    const queue = (key: string, overflowQueue: string) => ({ key, label: key, userIds: ["ana"], teamIds: [], ...usualQueue, overflowQueue }); // prettier-ignore
    expect((await as("grace", "/queues", { body: queue("sales", "sales") })).status).toBe(400);
    expect((await as("grace", "/queues", { body: queue("service", "") })).status).toBe(201);
    const { queues } = Queues.parse((await as("grace", "/queues", { body: queue("sales", "service") })).body);
    expect(queues.map(({ id, order }) => [id, order])).toEqual([
      ["queue:service", 0],
      ["queue:sales", 1],
    ]);
    const used = await as("grace", "/queues/queue:service", { method: "DELETE" });
    expect([used.status, codeOf(used.body)]).toEqual([409, "conflict"]);
    expect((await as("max", "/queues", { body: queue("more", "") })).status).toBe(403);
  });

  adminPhoneTests({ as, lastAudit, database: () => db });

  test("invitations: shown while open, taken back, never twice for somebody who is here", async () => {
    const invite = (email: string) =>
      as("grace", "/people/invitations", { body: { email, role: "agent", teamIds: ["north"] } });
    const invited = await invite("someone@new.example");
    expect(invited.status).toBe(201);
    const { invitations } = People.parse((await as("grace", "/people")).body);
    expect(invitations).toMatchObject([{ email: "someone@new.example", invitedBy: "grace", expired: false }]);
    const [{ id } = { id: "" }] = invitations;
    expect((await as("grace", `/people/invitations/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await as("grace", `/people/invitations/${id}`, { method: "DELETE" })).status).toBe(404);
    expect((await invite("ana@test.example")).status).toBe(409);
    expect(JSON.stringify(await lastAudit())).not.toContain(
      (invited.body as { link: string }).link.split("/").at(-1),
    );
  });

  test("teams: made, renamed, filled, and removed only when no lead is left", async () => {
    const made = await as("grace", "/teams", { body: { name: "West", userIds: ["ana"] } });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    expect((await as("grace", "/teams", { body: { name: "west", userIds: [] } })).status, "same name").toBe(
      409,
    );
    expect((await as("grace", "/teams", { body: { name: "East", userIds: ["stranger"] } })).status).toBe(400);
    const changed = await as("grace", `/teams/${id}`, {
      method: "PATCH",
      body: { name: "Far west", userIds: ["max"] },
    });
    expect(changed.body).toEqual({ id, name: "Far west", userIds: ["max"] });
    const doc = await settingOf(db, `person:max`);
    expect((doc as { teamIds: string[] }).teamIds).toContain(id);
    expect(await settingOf(db, `team:${id}`)).toMatchObject({ name: "Far west" });

    await inTenant(db, { tenantId: "one" }, (tx) =>
      saveRecords(tx, "one", "leads", [{ id: "lead-1", name: "L", teamId: id, custom: {} }], {
        now: "2026-01-01T09:00:00.000Z",
      }),
    );
    expect((await as("grace", `/teams/${id}`, { method: "DELETE" })).status).toBe(409);
    await inTenant(db, { tenantId: "one" }, (tx) =>
      saveRecords(tx, "one", "leads", [{ id: "lead-1", name: "L", teamId: "north", custom: {} }], {
        now: "2026-01-02T09:00:00.000Z",
      }),
    );
    expect((await as("grace", `/teams/${id}`, { method: "DELETE" })).status).toBe(204);
    const { teams } = Teams.parse((await as("max", "/teams")).body);
    expect(teams.map(({ name }) => name)).toEqual(["north"]);
    expect(await settingOf(db, `team:${id}`)).toBeNull();
  });

  adminSettingTests({ as, lastAudit, database: () => db });
  adminPlaybookTests({ as, lastAudit, database: () => db });

  test("devices and sessions: agents see and end their own alone", async () => {
    const { session } = await server.signIn("max@test.example");
    expect(Devices.parse((await as("ana", "/devices")).body).devices).toEqual([]);
    expect(Devices.parse((await as("grace", "/devices")).body).devices).toMatchObject([
      { userId: "max", state: "signed-in" },
    ]);
    expect((await as("ana", `/devices/${session.deviceId}/revoke`, { method: "POST" })).status).toBe(404);
    expect((await as("ana", `/sessions/${session.sessionId}`, { method: "DELETE" })).status).toBe(404);
    expect((await as("max", `/devices/${session.deviceId}/wipe`, { method: "POST" })).status).toBe(403);
    const wiped = await as("grace", `/devices/${session.deviceId}/wipe`, { method: "POST" });
    expect(wiped.body).toMatchObject({ state: "wipe-pending" });
  });

  test("audit: filtered, paged without gaps, and exported with formulas made inert", async () => {
    await as("grace", "/teams", { body: { name: '=cmd|"/c calc"!A1', userIds: [] } });
    const all: number[] = [];
    for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) {
      const page = AuditEntries.parse((await as("grace", `/audit?limit=3&before=${before}`)).body);
      all.push(...page.entries.map(({ id }) => id));
      before = page.next;
    }
    expect(all).toEqual([...new Set(all)].sort((a, b) => b - a));
    expect(all.length).toBeGreaterThan(10);
    const teams = AuditEntries.parse((await as("grace", "/audit?action=team.&limit=200")).body);
    expect(teams.entries.every(({ action }) => action.startsWith("team."))).toBe(true);
    expect(teams.entries[0]?.subjectName).toBe('=cmd|"/c calc"!A1');
    const csv = await as("grace", "/audit.csv?action=team.");
    expect(csv.headers.get("content-type")).toMatch(/^text\/csv/u);
    const lines = String(csv.body).trimEnd().split("\r\n");
    expect(lines).toHaveLength(teams.entries.length + 1);
    expect(lines.slice(1).every((line) => !/(?:^|,)"[=+\-@]/u.test(line))).toBe(true);
  });

  test("audit: whatever a deed may be about is looked for where its name stands, and need not be there", async () => {
    const kinds = ["users", "teams", "devices", "invitations", "identity-providers", "tenants", "bots", "ai-accounts", "ai-models", "telephony/accounts", "recording-imports", "settings", "calls"]; // prettier-ignore
    const subjects = [
      ...kinds.map((kind) => `${kind}/gone`),
      "users/ana",
      "tenants/one",
      "tenants/operations",
    ];
    const named = await inTenant(db, { tenantId: "one" }, (tx) => nameSubjects(tx, subjects));
    expect([...named.keys()].sort()).toEqual(["tenants/one", "users/ana"]);
  });

  test("health says what the server holds", async () => {
    const health = Health.parse((await as("grace", "/health")).body);
    expect(health.records["leads"]).toBe(2);
    expect(health.databaseMB).toBeGreaterThan(1);
    expect(health.conversion).toBeNull();
  });

  describe("operators", () => {
    test("make a tenant whose first admin comes by invitation", async () => {
      const made = await as("ops", "/tenants", {
        body: { name: "Fresh", adminEmail: "first@fresh.example" },
      });
      expect(made.status).toBe(201);
      const { id, invitation } = made.body as { id: string; invitation: { link: string } };
      const info = await server.ask(`/api/v1/session/invitations/${invitation.link.split("/").at(-1)}`);
      expect(info.body).toMatchObject({ tenantName: "Fresh", role: "admin" });
      const { tenants } = Tenants.parse((await as("ops", "/tenants")).body);
      expect(tenants.find((tenant) => tenant.id === id)).toMatchObject({
        name: "Fresh",
        people: 0,
        leads: 0,
      });
      expect(tenants.find((tenant) => tenant.id === "one")).toMatchObject({ people: 3, leads: 2 });
    });

    test("suspend a tenant: its people are out at once, and back after", async () => {
      expect((await as("ops", "/tenants/one/suspend", { method: "POST" })).body).toMatchObject({ id: "one" });
      await soon(async () => (await as("grace", "/me")).status).toBe(401);
      await as("ops", "/tenants/one/resume", { method: "POST" });
      await soon(async () => (await as("grace", "/me")).status).toBe(200);
      expect((await as("ops", "/tenants/operations/suspend", { method: "POST" })).status).toBe(409);
    });

    test("see no tenant's records", async () => {
      for (const path of ["/people", "/teams"]) expect((await as("ops", path)).status, path).toBe(403);
      expect((await as("ops", "/fields")).body).toEqual({ fields: [] });
      expect((await as("ops", "/business")).status).toBe(404);
    });
  });
}

async function settingOf(db: Database, id: string): Promise<unknown> {
  const { settings } = schema;
  const [row] = await inSystem(db, (tx) =>
    tx
      .select()
      .from(settings)
      .where(and(eq(settings.tenantId, "one"), eq(settings.id, id))),
  );
  return row === undefined || row.deleted ? null : row.doc;
}
