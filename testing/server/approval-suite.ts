import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assistantPaths } from "../../shared/assistant/server-wire.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { Approvals, LetterRuleSettings } from "../../sync-server/admin/ai/wire.ts";
import { AuditEntries } from "../../sync-server/admin/wire.ts";
import { decide, tidyApprovals } from "../../sync-server/ai/approvals/index.ts";
import { addApprovalRoute } from "../../sync-server/assistant/approval-route.ts";
import { inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { removeRecords, saveRecords } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { addPerson, hashPassword, mintToken, startAuthServer, type AuthServer } from "./start-auth-server.ts";

type Row = { doc: Record<string, unknown>; deleted: boolean; audience: string[] };
const dayMs = 86_400_000;

/** Letters that need a second person, on one kind of database. */
export function approvalSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    db = await open();
    server = await startAuthServer(db, {
      add: (context) => addApprovalRoute(context.app, context),
    });
    const hash = await hashPassword();
    for (const [id, tenantId, role, teamIds] of [
      ["grace", "one", "admin", []],
      ["ana", "one", "agent", ["north"]],
      ["max", "one", "manager", ["north"]],
      ["sue", "one", "manager", ["south"]],
      ["olga", "two", "admin", []],
    ] as const) {
      await addPerson(db, { id, tenantId, role, teamIds: [...teamIds], hash });
      tokens[id] = await mintToken(db, id, tenantId);
    }
    const own = { ownerId: "ana", teamId: "north" };
    await inTenant(db, { tenantId: "one" }, (tx) =>
      saveRecords(
        tx,
        "one",
        "leads",
        [
          { id: "maria", ...fields.lead({ ...own, name: "Maria Keller" }) },
          { id: "wei", ...fields.lead({ ...own, name: "Wei Chen" }) },
          { id: "ines", ...fields.lead({ ownerId: "sue", teamId: "south", name: "Ines Sol" }) },
        ],
        { now: "2026-01-01T09:00:00.000Z" },
      ),
    );
  });
  afterAll(() => server.close());

  const as = (who: string, path: string, body?: object, method = body ? "POST" : "GET") =>
    server.ask(`/api/v1${path}`, { method, token: tokens[who], ...(body ? { body } : {}) });
  const write = (text: string, more: object = {}) => ({
    ...{ draftId: `draft of ${text}`, flagged: true },
    letter: { about: "email", leadId: "maria", text: `Subject: ${text}\n\nDear Maria` },
    ...more,
  });
  const ask = (who: string, request: object) =>
    server.ask(assistantPaths.approvals, { token: tokens[who], body: request });
  const askFor = async (text: string, who = "ana") =>
    ((await ask(who, write(text))).body as { id: RecordId }).id;
  const queueOf = async (who: string) => Approvals.parse((await as(who, "/ai/approvals")).body).approvals;
  const titles = async (who: string) => (await queueOf(who)).map(({ title }) => title);
  const approve = { approve: true, reason: "" };
  const decideAs = (who: string, id: string, body: object = approve) =>
    as(who, `/ai/approvals/${id}/decision`, body);
  const recordOf = async (id: string): Promise<Row | undefined> => {
    const found = sql`SELECT doc, deleted, audience FROM insights WHERE tenant_id = 'one' AND id = ${id}`;
    return (await inTenant(db, { tenantId: "one" }, (tx) => rowsOf<Row>(tx, found)))[0];
  };
  const audited = async (id: string) =>
    AuditEntries.parse((await as("grace", "/audit?limit=100")).body).entries.filter(
      ({ subject }) => subject === `ai-approvals/${id}`,
    );

  test("a letter that is asked for stands before its team's managers and admins, once, and before nobody else", async () => {
    const id = await askFor("A");
    expect(await askFor("A")).toBe(id);
    const found = (await queueOf("max")).filter((one) => one.id === id);
    expect(found).toMatchObject([
      { title: "A", leadName: "Maria Keller", askedBy: "ana", state: "waiting", flagged: true },
    ]);
    expect(found[0]?.letter).toMatchObject({ about: "email", text: "Subject: A\n\nDear Maria" });
    expect(await titles("grace")).toContain("A");
    expect([await titles("sue"), await titles("olga")]).toEqual([[], []]);
    expect((await as("ana", "/ai/approvals")).status).toBe(403);
    expect((await audited(id)).map(({ action, details }) => [action, details])).toEqual([
      ["ai-approval.ask", { letter: "A", to: "Maria Keller" }],
    ]);
  });

  test("desks hear of it by a record that has no word of the letter, which its lead's people see", async () => {
    const record = await recordOf(await askFor("B"));
    expect(record?.doc).toMatchObject({
      kind: "approval",
      agentId: "ana",
      teamId: "north",
      state: "waiting",
    });
    expect(JSON.stringify(record)).not.toContain("Dear Maria");
    const sees = (userId: string, teamIds: string[]) =>
      keysOf({ userId, role: "agent", teamIds }).some((key) => record?.audience.includes(key));
    expect([sees("ana", []), sees("ben", ["north"]), sees("ben", ["south"])]).toEqual([true, true, false]);
  });

  test("it is decided once, by who leads its team or an admin, and never by who asked", async () => {
    const [first, second, own] = [await askFor("C"), await askFor("D"), await askFor("E", "max")];
    const statuses = async (id: string, ...who: string[]) =>
      Promise.all(who.map(async (one) => (await decideAs(one, id)).status));
    expect(await statuses(first, "ana", "sue", "olga")).toEqual([403, 404, 404]);
    expect((await decideAs("max", own)).status).toBe(403);
    expect((await decideAs("max", own, { approve: false, reason: "Mine" })).status).toBe(403);
    expect((await decideAs("max", first, { approve: false, reason: " " })).status).toBe(400);
    expect((await recordOf(first))?.doc).toMatchObject({ state: "waiting", byId: null });

    const refused = await decideAs("max", first, { approve: false, reason: "Too late" });
    expect(refused.body).toMatchObject({ state: "rejected", reason: "Too late", decidedBy: "max" });
    expect((await decideAs("grace", first)).status).toBe(409);
    expect((await recordOf(first))?.doc).toMatchObject({
      state: "rejected",
      byId: "max",
      reason: "Too late",
    });
    expect((await decideAs("grace", second)).body).toMatchObject({ state: "approved" });
    expect((await recordOf(second))?.doc).toMatchObject({
      state: "approved",
      byId: "grace",
      leadId: "maria",
    });
    // The lead is Ana's: she sees what becomes of a letter to them that Max has asked for.
    expect((await decideAs("grace", own)).status).toBe(200);
    expect((await recordOf(own))?.audience).toContain("user:ana");
    expect((await audited(first))[0]).toMatchObject({
      action: "ai-approval.reject",
      details: { letter: "C", to: "Maria Keller", "asked by": "ana", reason: "Too late" },
    });
  });

  test("of two who decide at once one has decided", async () => {
    const id = await askFor("F");
    const both = await Promise.all([decideAs("max", id), decideAs("grace", id, { approve: false, reason: "No" })]); // prettier-ignore
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = both.find(({ status }) => status === 200);
    expect(won?.body).toMatchObject({ state: (await recordOf(id))?.doc["state"] });
  });

  test("a later text of the same draft takes the place of what waits, and of nothing that is decided", async () => {
    const draft = { draftId: "one draft" };
    const idOf = async (text: string) => ((await ask("ana", write(text, draft))).body as { id: string }).id;
    const first = await idOf("G");
    await decideAs("max", first);
    const second = await idOf("H");
    const third = await idOf("I");
    expect(await titles("max")).toEqual(expect.arrayContaining(["G", "I"]));
    expect(await titles("max")).not.toContain("H");
    expect((await decideAs("max", second)).status).toBe(404);
    expect([(await recordOf(first))?.deleted, (await recordOf(second))?.deleted]).toEqual([false, true]);
    // Back to the words of before: they wait as they did.
    expect(await idOf("H")).toBe(second);
    expect(await recordOf(second)).toMatchObject({ deleted: false, doc: { state: "waiting" } });
    expect((await recordOf(third))?.deleted).toBe(true);
    // Another's draft of that name is another draft.
    await ask("max", write("J", draft));
    expect((await recordOf(second))?.deleted).toBe(false);
  });

  test("nobody asks for what they may not see, nor for what is no letter", async () => {
    const to = (leadId: string, text = "x") => write("", { letter: { about: "message", leadId, text } });
    const status = async (who: string, request: object) => (await ask(who, request)).status;
    expect(await status("ana", to("ines"))).toBe(404);
    expect(await status("olga", to("maria"))).toBe(404);
    expect(await status("ana", to("maria", ""))).toBe(400);
    expect(await status("ana", to("maria", "a\0b"))).toBe(400);
    expect(await status("ana", to("maria", "x".repeat(50_001)))).toBe(400);
    expect((await server.ask(assistantPaths.approvals, { body: write("K") })).status).toBe(401);
  });

  test("another tenant neither reads the rows nor changes them", async () => {
    const id = await askFor("L");
    const inTwo = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(db, { tenantId: "two" }, work);
    expect(await inTwo((tx) => rowsOf(tx, sql`SELECT id FROM ai_approvals`))).toEqual([]);
    const now = new Date().toISOString();
    const given = { approve: true, reason: "", byId: "olga", now };
    expect(await inTwo((tx) => decide(tx, { tenantId: "one", id }, given))).toBe(false);
    expect((await recordOf(id))?.doc).toMatchObject({ state: "waiting" });
  });

  test("which letters are held is an admin's to say, and every desk's to know", async () => {
    const path = "/ai/letter-rules";
    expect((await as("ana", path)).body).toEqual({ secondPerson: "flagged" });
    expect((await as("max", path, { secondPerson: "never" }, "PATCH")).status).toBe(403);
    expect((await as("grace", path, { secondPerson: "sometimes" }, "PATCH")).status).toBe(400);
    expect((await as("grace", path, { secondPerson: "always" }, "PATCH")).status).toBe(200);
    expect(LetterRuleSettings.parse((await as("max", path)).body)).toEqual({ secondPerson: "always" });
    expect((await as("olga", path)).body).toEqual({ secondPerson: "flagged" });
    const stored = sql`SELECT doc, deleted, audience FROM settings WHERE tenant_id = 'one' AND id = 'letter-rules'`;
    const [setting] = await inTenant(db, { tenantId: "one" }, (tx) => rowsOf<Row>(tx, stored));
    expect(setting?.audience).toContain("tenant");
    expect(setting?.doc).toMatchObject({ kind: "letter-rules", secondPerson: "always" });
  });

  test("it goes with its lead and comes back with them; a week later its words are erased, as are those of long ago", async () => {
    const request = write("M", { letter: { about: "message", leadId: "wei", text: "Secret words" } });
    const { id } = (await ask("ana", request)).body as { id: string };
    const kept = await askFor("N");
    const now = new Date();
    const inOne = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(db, { tenantId: "one" }, work);
    const isStored = () => inOne((tx) => rowsOf(tx, sql`SELECT id FROM ai_approvals WHERE id IN (${id}, ${kept})`)); // prettier-ignore
    await inOne((tx) => removeRecords(tx, "one", "leads", ["wei"], { now: now.toISOString() }));
    expect(await titles("max")).not.toContain("Secret words");
    expect((await decideAs("max", id)).status).toBe(404);
    await tidyApprovals(db, now.getTime() + 6 * dayMs, 400);
    expect(await isStored()).toHaveLength(2);
    await tidyApprovals(db, now.getTime() + 8 * dayMs, 400);
    expect(await isStored()).toEqual([{ id: kept }]);
    expect((await recordOf(id))?.doc).not.toHaveProperty("letterHash");

    await tidyApprovals(db, now.getTime() + 401 * dayMs, 400);
    expect(await isStored()).toEqual([]);
    expect(await recordOf(kept)).toMatchObject({ deleted: true });
    expect((await recordOf(kept))?.doc).not.toHaveProperty("reason");
  });
}
