import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { usualQueue } from "../../shared/calls/phone-rules.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import {
  OfferedNumbers,
  PhoneAccount,
  PhoneAccounts,
  PhoneNumbers,
  TestedAccount,
} from "../../sync-server/admin/telephony/wire.ts";
import { AuditEntries } from "../../sync-server/admin/wire.ts";
import { inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { createSipCarrier } from "../../sync-server/providers/sip/index.ts";
import { createTwilioCarrier } from "../../sync-server/providers/twilio/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { callLogTests } from "./call-log-tests.ts";
import { ownExchangeTests } from "./own-exchange-tests.ts";
import {
  account,
  ownNumber,
  startTestSimulator,
  type TestSimulator,
} from "../simulator/start-test-simulator.ts";
import {
  addPerson,
  hashPassword,
  mintToken,
  startAuthServer,
  type Ask,
  type AuthServer,
} from "./start-auth-server.ts";

const now = "2026-01-05T09:00:00.000Z";
const twilioConfig = {
  ...{ accountSid: account.sid, apiKeySid: account.apiKeySid, edge: null },
  applicationSid: `AP${"c3".repeat(16)}`,
};
const twilioSecrets = { authToken: account.authToken, apiKeySecret: account.apiKeySecret };

/** Lines, numbers and past calls through the administration API, on one kind of database. */
export function phoneAdminSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  let simulator: TestSimulator;
  const tokens: Record<string, string> = {};
  /** Everything that left the server in any way. */
  const said: string[] = [];

  beforeAll(async () => {
    db = await open();
    simulator = await startTestSimulator();
    const elsewhere = async () => ({ restUrl: simulator.url, signallingUrl: "ws://127.0.0.1" });
    server = await startAuthServer(db, {
      carriers: {
        twilio: createTwilioCarrier({ provider: "twilio", elsewhere }),
        sip: createSipCarrier({ mayReachInside: true }),
      },
      logTo: (line) => void said.push(line),
    });
    const hash = await hashPassword();
    const people = [
      { id: "grace", tenantId: "one", role: "admin" as const },
      { id: "max", tenantId: "one", role: "manager" as const, teamIds: ["north"] },
      { id: "ana", tenantId: "one", role: "agent" as const, teamIds: ["north"] },
      { id: "ben", tenantId: "one", role: "agent" as const, teamIds: ["south"] },
      { id: "zoe", tenantId: "two", role: "admin" as const },
    ];
    for (const person of people) {
      await addPerson(db, { ...person, hash });
      tokens[person.id] = await mintToken(db, person.id, person.tenantId);
    }
    await inTenant(db, { tenantId: "one" }, (tx) =>
      saveRecords(tx, "one", "settings", firstSettings("One"), { now }),
    );
  });
  afterAll(async () => {
    await server.close();
    await simulator.close();
  });

  const as = async (who: string, path: string, ask: Ask = {}) => {
    const answer = await server.ask(`/api/v1${path}`, { ...ask, token: tokens[who] });
    said.push(JSON.stringify(answer.body));
    return answer;
  };
  const refusal = ({ status, body }: { status: number; body: unknown }) => [
    status,
    WireError.parse(body).error.message,
  ];
  const accountsOf = async (who: string) =>
    PhoneAccounts.parse((await as(who, "/telephony/accounts")).body).accounts;
  const add = async (body: object) =>
    PhoneAccount.parse((await as("grace", "/telephony/accounts", { body })).body);
  const testOf = async (id: string) =>
    TestedAccount.parse((await as("grace", `/telephony/accounts/${id}/test`, { method: "POST" })).body);
  const patch = (path: string, body: object) => as("grace", path, { method: "PATCH", body });
  const clear = async () => {
    await inTenant(db, { tenantId: "one" }, async (tx) => {
      await tx.delete(schema.telephonyNumbers);
      await tx.delete(schema.telephonyAccounts);
    });
  };
  const addTwilio = async (label = "Chicago") => {
    await clear();
    return add({ provider: "twilio", label, config: twilioConfig, credentials: twilioSecrets });
  };

  describe("accounts", () => {
    test("an account shows its form and the names of its secrets, and is asked whether it opens", async () => {
      const made = await addTwilio();
      expect(made).toMatchObject({ label: "Chicago", config: twilioConfig, secrets: ["apiKeySecret", "authToken"], isLine: true }); // prettier-ignore
      expect(made.webhooks?.voice).toBe(`https://ringside.example/api/v1/webhooks/twilio/${made.id}/voice`);
      expect(await testOf(made.id)).toEqual({
        ok: true,
        says: "“Simulated carrier” answers, and takes these credentials.",
      });
      await patch(`/telephony/accounts/${made.id}/credentials`, {
        credentials: { apiKeySecret: "a secret of the wrong kind" },
      });
      expect(await testOf(made.id)).toMatchObject({
        ok: false,
        says: expect.stringMatching(/^“Chicago” answers, but refuses: 401/u),
      });
      await patch(`/telephony/accounts/${made.id}/credentials`, {
        credentials: { apiKeySecret: account.apiKeySecret },
      });
      expect((await testOf(made.id)).ok).toBe(true);
    });

    test("what two admins change of an account in the same moment stays", async () => {
      const { id } = await addTwilio();
      const changed = { applicationSid: `AP${"d4".repeat(16)}`, edge: "dublin" };
      const changes = [
        { label: "Dublin" },
        ...Object.entries(changed).map(([name, value]) => ({ config: { [name]: value } })),
      ];
      const answers = await Promise.all(changes.map((body) => patch(`/telephony/accounts/${id}`, body)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const accounts = await accountsOf("grace");
      expect(accounts).toMatchObject([{ label: "Dublin", config: { ...twilioConfig, ...changed } }]);
    });

    test("a secret never leaves the server: not in an answer, not in a log line, not in the audit log, not in the database", async () => {
      const made = await addTwilio();
      const fresh = { authToken: "zq-fresh-auth-token", apiKeySecret: "zq-fresh-key-secret" };
      await patch(`/telephony/accounts/${made.id}/credentials`, { credentials: fresh });
      await patch(`/telephony/accounts/${made.id}/credentials`, { credentials: { authToken: "zqshort" } });
      await patch(`/telephony/accounts/${made.id}/credentials`, {
        credentials: { "zq-stray-name": "zq-stray" },
      });
      await patch(`/telephony/accounts/${made.id}`, {
        config: { ...twilioConfig, authToken: "zq-misplaced" },
      });
      await as("grace", "/telephony/accounts", {
        body: {
          provider: "twilio",
          label: "x",
          config: { accountSid: "zq-misplaced-sid" },
          credentials: { authToken: { odd: "zq-odd" } },
        },
      });
      await testOf(made.id);
      await accountsOf("grace");
      const audited = AuditEntries.parse((await as("grace", "/audit?limit=200")).body).entries;
      expect(audited.map(({ action }) => action)).toEqual(
        expect.arrayContaining(["phone-account.create", "phone-account.credentials"]),
      );
      const stored = await inTenant(db, { tenantId: "one" }, (tx) =>
        rowsOf<{ row: unknown }>(
          tx,
          sql`SELECT to_jsonb(a) AS row FROM telephony_accounts a UNION ALL SELECT to_jsonb(l) FROM audit_log l`,
        ),
      );
      expect(said.join("\n"), "logs are heard").toContain("request completed");
      const everything = [...said, JSON.stringify(stored)].join("\n");
      // Whole words: what is sealed is random letters, and two of them stand side by side in it before long.
      const strays = ["zqshort", "zq-stray", "zq-misplaced", "zq-odd"];
      const secrets = [...Object.values(fresh), ...Object.values(twilioSecrets), ...strays];
      for (const secret of secrets) expect(everything.includes(secret), secret).toBe(false);
    });

    test("what does not fit the carrier's form is refused in words, by the name of the field", async () => {
      await clear();
      const config = { ...twilioConfig, accountSid: "ACnope" };
      const answer = await as("grace", "/telephony/accounts", {
        body: { provider: "twilio", label: "x", config, credentials: { authToken: "short" } },
      });
      expect(refusal(answer)).toEqual([
        400,
        expect.stringMatching(/^Account SID: must be AC and 32.*Auth token: .*Api key secret: /u),
      ]);
      const absent = await as("grace", "/telephony/accounts", {
        body: { provider: "simulator", label: "x" },
      });
      expect(refusal(absent)).toEqual([400, "This server has no such carrier."]);
      expect(await accountsOf("grace")).toEqual([]);
    });

    test("there is one line: the first account is it until another is chosen, and none that has numbers is removed", async () => {
      const first = await addTwilio();
      const second = await add({
        provider: "twilio",
        label: "Boston",
        config: twilioConfig,
        credentials: twilioSecrets,
      });
      expect(second.isLine).toBe(false);
      const chosen = await as("grace", "/telephony/line", { method: "PUT", body: { accountId: second.id } });
      expect(PhoneAccounts.parse(chosen.body).accounts.map(({ isLine }) => isLine)).toEqual([false, true]);
      await as("grace", "/telephony/numbers", { body: numberAt(second.id, "+13125550100") });
      const remove = (id: string) => as("grace", `/telephony/accounts/${id}`, { method: "DELETE" });
      expect(refusal(await remove(second.id))).toEqual([
        409,
        "1 number belong to this account. Remove them, or give them to another.",
      ]);
      expect((await remove(first.id)).status).toBe(204);
      expect((await remove(first.id)).status).toBe(404);
      await as("grace", "/telephony/line", { method: "PUT", body: { accountId: null } });
      expect((await accountsOf("grace")).map(({ isLine }) => isLine)).toEqual([false]);
    });

    test("another tenant sees and touches none of it", async () => {
      const { id } = await addTwilio();
      expect(await accountsOf("zoe")).toEqual([]);
      for (const [method, path] of [
        ["PATCH", ""],
        ["PATCH", "/credentials"],
        ["POST", "/test"],
        ["DELETE", ""],
        ["GET", "/numbers"],
      ]) {
        const body =
          method === "PATCH" ? { body: path === "" ? { label: "mine" } : { credentials: { a: "b" } } } : {};
        const answer = await as("zoe", `/telephony/accounts/${id}${path}`, { method: method ?? "", ...body });
        expect(answer.status, `${method} ${path}`).toBe(404);
      }
      const line = await as("zoe", "/telephony/line", { method: "PUT", body: { accountId: id } });
      expect(line.status).toBe(404);
    });
  });

  const numberAt = (accountId: string, number: string, more: object = {}) => ({
    ...{ number, accountId, label: "", queue: "", agentId: null, alwaysOpen: false },
    ...more,
  });
  const numbersOf = async () => PhoneNumbers.parse((await as("grace", "/telephony/numbers")).body).numbers;

  describe("numbers", () => {
    test("are kept as E.164 and ring a queue or a person who is there; conflicts are told in words", async () => {
      const { id } = await addTwilio();
      const other = await add({
        provider: "twilio",
        label: "Boston",
        config: twilioConfig,
        credentials: twilioSecrets,
      });
      const post = (body: object) => as("grace", "/telephony/numbers", { body });
      expect((await post(numberAt(id, "(312) 555-0147", { label: "Main" }))).body).toMatchObject({
        number: "+13125550147",
      });
      expect(refusal(await post(numberAt(id, "312 555 0147")))).toEqual([
        409,
        "+13125550147 stands here already.",
      ]);
      expect(refusal(await post(numberAt(other.id, "312 555 0147")))).toEqual([
        409,
        "+13125550147 belongs to the account “Chicago”. Change it there, or remove it first.",
      ]);
      expect(refusal(await post(numberAt(id, "soon")))).toEqual([400, "Not a phone number."]);
      expect((await post(numberAt("nowhere", "+13125550148"))).status).toBe(400);
      const change = (body: object) => patch("/telephony/numbers/+13125550147", body);
      expect((await change({ queue: "nowhere" })).status).toBe(400);
      expect((await change({ agentId: "zoe" })).status, "somebody of another tenant").toBe(400);
      await as("grace", "/queues", {
        body: { key: "sales", label: "Sales", userIds: ["ana"], teamIds: [], ...usualQueue },
      });
      expect((await change({ queue: "sales" })).status).toBe(200);
      await patch("/queues/queue:sales", { archived: true });
      expect((await change({ label: "Main" })).status, "though its queue takes no new numbers").toBe(200);
      expect((await change({ queue: "sales" })).status).toBe(400);
      expect(refusal(await change({ agentId: "ana" }))).toEqual([
        400,
        "A number rings one person or the people of a queue, not both.",
      ]);
      expect((await change({ agentId: "ana", queue: "" })).body).toMatchObject({
        agentId: "ana",
        label: "Main",
      });
      expect((await as("grace", "/telephony/numbers/+13125550147", { method: "DELETE" })).status).toBe(204);
      expect(await numbersOf()).toEqual([]);
    });

    test("that the carrier has are brought in once, and no others", async () => {
      const { id } = await addTwilio();
      const offered = async () =>
        OfferedNumbers.parse((await as("grace", `/telephony/accounts/${id}/numbers`)).body).numbers;
      expect(await offered()).toEqual([{ number: ownNumber, label: ownNumber, accountId: null }]);
      const bring = (...numbers: string[]) =>
        as("grace", `/telephony/accounts/${id}/numbers`, { body: { numbers } });
      expect((await bring(ownNumber, "+13125550100")).status).toBe(409);
      expect((await bring(ownNumber)).body).toEqual({ added: 1 });
      expect((await bring(ownNumber)).body).toEqual({ added: 0 });
      expect(await numbersOf()).toMatchObject([{ number: ownNumber, accountId: id }]);
      expect(await offered()).toMatchObject([{ accountId: id }]);
    });
  });

  ownExchangeTests(() => ({ db, server, tokens, as, refusal, clear, add, testOf, patch }));
  callLogTests(() => ({ db, as }));
}
