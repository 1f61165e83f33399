import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionInfo } from "../../shared/sync/session-wire.ts";
import { InvitationInfo, SessionInfo as SessionInfoSchema } from "../../shared/sync/session-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { apiRoot } from "../../sync-server/admin/route.ts";
import { Devices } from "../../sync-server/admin/wire.ts";
import { schema, type Database } from "../../sync-server/database/index.ts";
import {
  addPerson,
  deskClient,
  hashPassword,
  password,
  soon,
  startAuthServer,
  type AuthServer,
} from "./start-auth-server.ts";
import { describeSecondFactor } from "./second-factor-suite.ts";

const signInPath = "/api/v1/session/sign-in";
const browser = { kind: "browser" } as const;

/** SAFE-2 on one kind of database. */
export function authSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  let hash: string;
  let made = 0;
  const person = (
    role: "agent" | "manager" | "admin" | "operator" = "agent",
    tenantId = "one",
    teamIds: string[] = [],
  ) => addPerson(db, { id: `p${(made += 1)}`, tenantId, role, teamIds, hash });

  beforeAll(async () => {
    db = await open();
    hash = await hashPassword();
    server = await startAuthServer(db);
    await addPerson(db, { id: "grace", tenantId: "one", role: "admin", hash });
  });
  afterAll(() => server.close());

  const me = async (token: string) => server.ask("/api/v1/session", { token });
  const codeOf = (body: unknown) => WireError.parse(body).error.code;

  describe("signing in", () => {
    test("a desk gets a token that says who it is", async () => {
      const email = await person("agent", "one", ["north", "south"]);
      const { token, session } = await server.signIn(email);
      const info = SessionInfoSchema.parse((await me(token)).body);
      expect(info).toEqual(session);
      expect(info).toMatchObject({
        role: "agent",
        teamIds: ["north", "south"],
        tenant: { id: "one" },
        demo: false,
      });
      expect(info.deviceId).toBeTypeOf("string");
    });

    test("an unknown address and a wrong password are told apart by nothing", async () => {
      const email = await person();
      const body = { password: "wrong wrong wrong", client: browser };
      const known = await server.ask(signInPath, { body: { ...body, email } });
      const unknown = await server.ask(signInPath, { body: { ...body, email: "nobody@test.example" } });
      expect(known.status).toBe(401);
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    });

    test("five wrong passwords lock the address for this network, known or not", async () => {
      for (const email of [await person(), "stranger@test.example"]) {
        const attempt = () =>
          server.ask(signInPath, { body: { email, password: "wrong wrong", client: browser } });
        for (let times = 0; times < 5; times += 1) expect((await attempt()).status).toBe(401);
        const locked = await server.ask(signInPath, { body: { email, password, client: browser } });
        expect([locked.status, codeOf(locked.body)]).toEqual([429, "too-many-requests"]);
      }
    });

    test("nobody gets in without a membership, or while deactivated or suspended", async () => {
      const email = await person("agent", "three");
      const { token } = await server.signIn(email);
      await db.owner.update(schema.tenants).set({ suspendedAt: new Date() });
      await soon(async () => (await me(token)).status).toBe(401);
      await expect(server.signIn(email)).rejects.toThrow("forbidden");
      await db.owner.update(schema.tenants).set({ suspendedAt: null });
      await soon(async () => (await me(token)).status).toBe(200);
    });

    test("a forged, a cut and a foreign token are nobody", async () => {
      const { token } = await server.signIn(await person());
      const [text = ""] = token.split(".");
      for (const forged of [`${text}.${"A".repeat(43)}`, text, `${token}x`, "", "a.b", token.slice(0, -1)]) {
        const answer = await server.ask("/api/v1/session", {
          headers: { authorization: `Bearer ${forged}` },
        });
        expect([answer.status, codeOf(answer.body)], forged).toEqual([401, "unauthorised"]);
      }
    });
  });

  describe("devices", () => {
    test("the same installation is the same device, and its token before is worth nothing", async () => {
      const email = await person();
      const first = await server.signIn(email, { installation: "laptop of p" });
      const second = await server.signIn(email, { installation: "laptop of p" });
      const other = await server.signIn(email, { installation: "another machine" });
      expect(second.session.deviceId).toBe(first.session.deviceId);
      expect(other.session.deviceId).not.toBe(first.session.deviceId);
      expect((await me(first.token)).status).toBe(401);
      expect((await me(second.token)).status).toBe(200);
    });

    test("[SES-2] a revoked device is told so and may sign in again", async () => {
      const email = await person();
      const { token, session } = await server.signIn(email);
      const admin = await server.signIn("grace@test.example");
      const revoked = await server.ask(`/api/v1/devices/${session.deviceId}/revoke`, {
        method: "POST",
        token: admin.token,
      });
      expect(revoked.body).toMatchObject({ state: "revoked" });
      await soon(async () => codeOf((await me(token)).body)).toBe("revoked");
      const again = await server.signIn(email);
      expect(again.session.deviceId).toBe(session.deviceId);
    });

    test("[SES-3] a wiped device is told so until it has a new installation", async () => {
      const email = await person();
      const { token, session } = await server.signIn(email, { installation: "stolen laptop" });
      const admin = await server.signIn("grace@test.example");
      await server.ask(`/api/v1/devices/${session.deviceId}/wipe`, { method: "POST", token: admin.token });
      await soon(async () => codeOf((await me(token)).body)).toBe("wiped");
      await expect(server.signIn(email, { installation: "stolen laptop" })).rejects.toThrow("wiped");
      const fresh = await server.signIn(email, { installation: "after the wipe" });
      expect(fresh.session.deviceId).not.toBe(session.deviceId);
      // It is wiped once it says that it is: hearing of it removes nothing. Whoever is not to be wiped cannot be by mistake.
      const states = async () => Devices.parse((await server.ask(`${apiRoot}/devices`, { token: admin.token })).body).devices.flatMap(({ id, state }) => [session.deviceId, fresh.session.deviceId].some((one) => one === id) ? [state] : []).toSorted(); // prettier-ignore
      expect(await states()).toEqual(["signed-in", "wipe-pending"]);
      for (const held of [fresh.token, token, "nobody.at-all"])
        expect((await server.ask("/api/v1/session/wiped", { method: "POST", token: held })).status).toBe(204);
      expect(await states()).toEqual(["signed-in", "wiped"]);
    });

    test("sign-out ends the session", async () => {
      const { token } = await server.signIn(await person());
      expect((await server.ask("/api/v1/session/sign-out", { method: "POST", token })).status).toBe(204);
      await soon(async () => codeOf((await me(token)).body)).toBe("revoked");
    });
  });

  describe("browsers", () => {
    const signInBrowser = async (email: string) => {
      const answer = await server.ask(signInPath, {
        body: { email, password, client: browser },
        headers: { origin: server.url },
      });
      const cookie = answer.headers.getSetCookie()[0] ?? "";
      return { answer, cookie, pair: cookie.split(";")[0] ?? "" };
    };

    test("get a cookie that no script can read, and no token", async () => {
      const { answer, cookie, pair } = await signInBrowser(await person());
      expect(answer.body).toMatchObject({ token: null, session: { deviceId: null } });
      expect(cookie).toMatch(/HttpOnly/u);
      expect(cookie).toMatch(/SameSite=Strict/u);
      expect((await server.ask("/api/v1/session", { headers: { cookie: pair } })).status).toBe(200);
    });

    test("cannot be made to act by another site", async () => {
      const { pair } = await signInBrowser(await person());
      const from = (headers: Record<string, string>) =>
        server.ask("/api/v1/session/sign-out", { method: "POST", headers: { cookie: pair, ...headers } });
      for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }]) {
        expect((await from(headers)).status, JSON.stringify(headers)).toBe(403);
      }
      const foreign = await server.ask(signInPath, {
        body: { email: "grace@test.example", password, client: browser },
        headers: { origin: "https://evil.example" },
      });
      expect(foreign.status).toBe(403);
      expect((await from({ origin: server.url })).status).toBe(204);
    });
  });

  describe("changes of access", () => {
    test("a new role and new teams count at once and reach desks as settings", async () => {
      const email = await person("agent", "one", ["north"]);
      const { token, session } = await server.signIn(email);
      const admin = await server.signIn("grace@test.example");
      const changed = await server.ask(`/api/v1/people/${session.user.id}`, {
        method: "PATCH",
        token: admin.token,
        body: { role: "manager", teamIds: ["north", "south"] },
      });
      expect(changed.status).toBe(200);
      await soon(async () => (await me(token)).body as SessionInfo).toMatchObject({
        role: "manager",
        teamIds: ["north", "south"],
      });
      const doc = await settingOf(db, "one", `person:${session.user.id}`);
      expect(doc).toMatchObject({
        kind: "person",
        role: "manager",
        teamIds: ["north", "south"],
        active: true,
      });
    });

    test("a deactivated person is out at once", async () => {
      const email = await person();
      const { token, session } = await server.signIn(email);
      const admin = await server.signIn("grace@test.example");
      const body = { active: false };
      await server.ask(`/api/v1/people/${session.user.id}`, { method: "PATCH", token: admin.token, body });
      await soon(async () => codeOf((await me(token)).body)).toBe("revoked");
      await expect(server.signIn(email)).rejects.toThrow("forbidden");
      expect(await settingOf(db, "one", `person:${session.user.id}`)).toMatchObject({ active: false });
    });
  });

  describeSecondFactor({ server: () => server, db: () => db, person });

  describe("invitations and passwords", () => {
    test("an invitation makes a person with a password of their own, once", async () => {
      const admin = await server.signIn("grace@test.example");
      await person("agent", "one", ["west"]);
      const invited = await server.ask("/api/v1/people/invitations", {
        token: admin.token,
        body: { email: "New.Person@test.example", role: "manager", teamIds: ["west"] },
      });
      expect(invited.status).toBe(201);
      const token = (invited.body as { link: string }).link.split("/").at(-1) ?? "";
      const path = `/api/v1/session/invitations/${token}`;
      expect(InvitationInfo.parse((await server.ask(path)).body)).toMatchObject({
        email: "new.person@test.example",
        hasAccount: false,
        role: "manager",
      });
      const client = deskClient("machine of the new person");
      const short = await server.ask(path, { body: { name: "New Person", password: "short", client } });
      expect(short.status).toBe(400);
      const joined = await server.ask(path, { body: { name: "New Person", password, client } });
      expect(joined.body).toMatchObject({
        outcome: "signed-in",
        session: { role: "manager", teamIds: ["west"] },
      });
      expect(
        (await server.ask(path, { body: { name: "New Person", password, client } })).status,
        "used",
      ).toBe(404);
      expect(JSON.stringify(await db.owner.select().from(schema.invitations))).not.toContain(token);
    });

    test("somebody with an account joins a second tenant with their own password", async () => {
      const email = await person("agent", "one");
      await addPerson(db, { id: "boss", tenantId: "two", role: "admin", hash });
      const boss = await server.signIn("boss@test.example");
      const invited = await server.ask("/api/v1/people/invitations", {
        token: boss.token,
        body: { email, role: "agent", teamIds: [] },
      });
      const token = (invited.body as { link: string }).link.split("/").at(-1) ?? "";
      const path = `/api/v1/session/invitations/${token}`;
      const client = deskClient("second tenant desk");
      expect(
        (await server.ask(path, { body: { name: "x", password: "wrong wrong wrong", client } })).status,
      ).toBe(401);
      const joined = await server.ask(path, { body: { name: "x", password, client } });
      expect(joined.body).toMatchObject({
        session: { tenant: { id: "two" }, tenants: [{ id: "one" }, { id: "two" }] },
      });
      const userId = email.split("@")[0];
      const reset = await server.ask(`/api/v1/people/${userId}/password-link`, {
        method: "POST",
        token: boss.token,
      });
      expect(reset.status, "an admin cannot take over an account that another tenant relies on").toBe(403);
      expect((await server.signIn(email, { tenantId: "one" })).session.tenant.id).toBe("one");
    });

    test("a reset link works once and ends every session; unknown addresses get the same answer", async () => {
      const email = await person();
      const { token } = await server.signIn(email);
      const before = server.letters.length;
      for (const address of [email, "nobody-at-all@test.example"]) {
        const answer = await server.ask("/api/v1/session/password-reset", { body: { email: address } });
        expect([answer.status, answer.body]).toEqual([202, null]);
      }
      expect(server.letters.slice(before).map(({ to }) => to)).toEqual([email]);
      const link = server.letters.at(-1)?.link.split("/").at(-1) ?? "";
      const path = `/api/v1/session/password-reset/${link}`;
      const next = "another good password";
      expect((await server.ask(path, { body: { password: next } })).status).toBe(204);
      expect((await server.ask(path, { body: { password: next } })).status, "used").toBe(404);
      await soon(async () => (await me(token)).status).toBe(401);
      const body = { email, password: next, client: browser };
      expect((await server.ask(signInPath, { body, headers: { origin: server.url } })).status).toBe(200);
    });

    test("changing the password needs the old one and can end other sessions", async () => {
      const email = await person();
      const here = await server.signIn(email, { installation: "here" });
      const there = await server.signIn(email, { installation: "there" });
      const change = (current: string) =>
        server.ask("/api/v1/session/password", {
          token: here.token,
          body: { current, next: "another good password", endOtherSessions: true },
        });
      expect((await change("not the password")).status).toBe(403);
      expect((await change(password)).status).toBe(204);
      await soon(async () => (await me(there.token)).status).toBe(401);
      expect((await me(here.token)).status).toBe(200);
    });
  });

  test("whoever shows another cookie each time has no more tries than their address", async () => {
    const limited = await startAuthServer({ ...db, close: () => Promise.resolve() }, { signInsPerMinute: 5 });
    const statuses = [];
    for (let at = 0; at < 7; at += 1) {
      const init = {
        method: "POST",
        headers: { "content-type": "application/json", cookie: `ringside=${at}` },
        body: JSON.stringify({ email: "nobody@ringside.example" }),
      };
      statuses.push((await fetch(`${limited.url}/api/v1/session/providers`, init)).status);
    }
    await limited.close();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  test("two nodes agree at once on who is signed in", async () => {
    const second = await startAuthServer({ ...db, close: () => Promise.resolve() });
    try {
      const email = await person();
      const { token, session } = await server.signIn(email);
      expect((await second.ask("/api/v1/session", { token })).status).toBe(200);
      const admin = await second.signIn("grace@test.example");
      await second.ask(`/api/v1/sessions/${session.sessionId}`, { method: "DELETE", token: admin.token });
      for (const node of [server, second]) {
        await soon(async () => (await node.ask("/api/v1/session", { token })).status).toBe(401);
      }
    } finally {
      await second.close();
    }
  });
}

async function settingOf(db: Database, tenantId: string, id: string): Promise<unknown> {
  const rows = await db.owner.select().from(schema.settings);
  return rows.find((row) => row.tenantId === tenantId && row.id === id)?.doc;
}
