import { createHash, randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Clock } from "../../shared/result/ports.ts";
import { FinishedAtProvider, SignInProviders, type BegunAtProvider } from "../../shared/sync/session-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { AuditEntries, IdentityProvider, People } from "../../sync-server/admin/wire.ts";
import { inSystem, schema, type Database } from "../../sync-server/database/index.ts";
import { openBareBrowser, type BareBrowser } from "../openid/bare-browser.ts";
import { startOpenIdProvider, type TestProvider } from "../openid/start-openid-provider.ts";
import { providerAdminTests } from "./provider-admin-tests.ts";
import {
  addPerson,
  deskClient,
  hashPassword,
  mintToken,
  password,
  startAuthServer,
  type Ask,
  type AuthServer,
} from "./start-auth-server.ts";

const site = "ringside.example";
const desk = deskClient("desk of the provider’s person");

/** SAFE-2: signing in at a tenant's own OpenID provider, a real one, on one kind of database. */
export function identityProviderSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  let hash: string;
  let openId: TestProvider;
  let providerId: string;
  let made = 0;
  const tokens: Record<string, string> = {};
  const now = { ms: Date.now() };
  const clock: Clock = { now: () => now.ms };

  const as = (who: string, path: string, ask: Ask = {}) =>
    server.ask(`/api/v1${path}`, { ...ask, token: tokens[who] });
  const begin = (client: object, headers: Record<string, string> = {}) =>
    server.ask(`/api/v1/session/providers/${providerId}/begin`, { body: { client, email: null }, headers });
  const change = (body: object) =>
    as("grace", `/identity-providers/${providerId}`, { method: "PATCH", body });
  const messageOf = (body: unknown) => WireError.parse(body).error.message;
  const newPerson = () => addPerson(db, { id: `o${(made += 1)}`, tenantId: "one", role: "agent", hash });
  const account = (email: string, more: object = {}) => ({
    ...{ sub: `subject of ${email}`, email, email_verified: true, name: `Name of ${email}` },
    ...more,
  });

  beforeAll(async () => {
    [db, hash, openId] = await Promise.all([open(), hashPassword(), startOpenIdProvider()]);
    server = await startAuthServer(db, { clock });
    await addPerson(db, { id: "grace", tenantId: "one", role: "admin", hash });
    await addPerson(db, { id: "olga", tenantId: "two", role: "admin", hash });
    await addPerson(db, { id: "agnes", tenantId: "one", role: "agent", hash });
    for (const [id, tenant] of [
      ["grace", "one"],
      ["olga", "two"],
      ["agnes", "one"],
    ] as const)
      tokens[id] = await mintToken(db, id, tenant);
    const body = { name: "Northgate ID", issuer: openId.issuer };
    const created = IdentityProvider.parse((await as("grace", "/identity-providers", { body })).body);
    providerId = created.id;
    openId.register(created.redirectUri);
    await as("grace", `/identity-providers/${providerId}/secret`, {
      method: "PUT",
      body: { secret: openId.client.secret },
    });
    await change({ clientId: openId.client.id, domains: ["test.example"], enabled: true });
  });
  beforeEach(() => {
    Object.assign(openId, { lies: false, isDown: false, person: null });
    now.ms = Date.now();
  });
  afterAll(async () => {
    await server.close();
    await openId.close();
  });

  const browse = (): BareBrowser => openBareBrowser({ [site]: server.url });
  /** What the person's browser shows in the end, and who is signed in there. */
  const signInBrowser = async (browser = browse()) => {
    const begun = await begin({ kind: "browser" });
    if (begun.status !== 200) throw new Error(messageOf(begun.body));
    browser.take(site, begun.headers.getSetCookie());
    const landed = await browser.open((begun.body as BegunAtProvider).url);
    const cookie = browser.cookie(site, "ringside_session");
    const me = cookie
      ? await server.ask("/api/v1/session", { headers: { cookie: `ringside_session=${cookie}` } })
      : null;
    return {
      ...landed,
      me: (me?.body ?? null) as {
        user: { id: string; email: string };
        role: string;
        tenant: { id: string };
      } | null,
    };
  };
  const beginDesk = async () => {
    const verifier = randomBytes(32).toString("base64url");
    const verifierHash = createHash("sha256").update(verifier).digest("base64url");
    const begun = (await begin({ kind: "desk", verifierHash, name: "Ana’s laptop" })).body as BegunAtProvider;
    const finish = (proof = verifier) =>
      server.ask("/api/v1/session/providers/finish", {
        body: { requestId: begun.requestId, verifier: proof, client: desk },
      });
    return { ...begun, finish };
  };
  const confirmOf = (text: string) => /name="confirm" value="([^"]+)"/u.exec(text)?.[1] ?? "";
  const confirm = (browser: BareBrowser, page: string, theirs: "yes" | "no") =>
    browser.open(`https://${site}/sign-in/confirm`, { confirm: confirmOf(page), theirs });

  describe("an admin", () =>
    providerAdminTests({ as, site, providerId: () => providerId, openId: () => openId, db: () => db }));

  test("an address leads to its domain's provider, another one to none", async () => {
    const offered = async (email: string | null) =>
      SignInProviders.parse((await server.ask("/api/v1/session/providers", { body: { email } })).body)
        .providers;
    const northgate = [{ id: providerId, name: "Northgate ID", organisation: "one" }];
    expect(await offered("Anybody@TEST.example")).toEqual(northgate);
    expect(await offered("anybody@elsewhere.example")).toEqual([]);
    // Who is a customer here is nobody's business, unless there is only one.
    expect(await offered(null)).toEqual([]);
    const suspend = (at: Date | null) =>
      db.owner.update(schema.tenants).set({ suspendedAt: at }).where(eq(schema.tenants.id, "two"));
    await suspend(new Date(0));
    expect(await offered(null)).toEqual(northgate);
    await suspend(null);
  });

  describe("in the console", () => {
    test("somebody of the organisation is signed in, and known by their subject from then on", async () => {
      const email = await newPerson();
      openId.person = account(email);
      const { me, url } = await signInBrowser();
      expect(url).toBe(`https://${site}/console/`);
      expect(me).toMatchObject({ user: { email }, role: "agent", tenant: { id: "one" } });
      openId.person = account(email, { email: "married@elsewhere.example", email_verified: false });
      expect((await signInBrowser()).me?.user.email).toBe(email);
    });

    test("the address of a sign-in opens nothing a second time, nor in another browser", async () => {
      openId.person = account(await newPerson());
      const mine = browse();
      const { visited } = await signInBrowser(mine);
      const callback = visited.find((one) => one.includes("/callback?")) ?? "";
      const again = await mine.open(callback);
      expect([again.status, again.text]).toEqual([403, expect.stringContaining("was finished already")]);

      const begun = await begin({ kind: "browser" });
      const stranger = browse();
      const landed = await stranger.open((begun.body as BegunAtProvider).url);
      expect(landed.text).toContain("begun in another browser");
      expect(stranger.cookie(site, "ringside_session")).toBeUndefined();
    });
  });

  describe("on a desk", () => {
    test("the person is asked in the browser, and the desk gets its token once", async () => {
      const email = await newPerson();
      openId.person = account(email);
      const request = await beginDesk();
      expect((await request.finish()).body).toEqual({ outcome: "waiting" });
      const browser = browse();
      const asked = await browser.open(request.url);
      expect(asked.text).toContain(`<p class="code">${request.code}</p>`);
      expect(asked.text).toContain("Ana’s laptop");
      expect(browser.cookie(site, "ringside_session")).toBeUndefined();
      expect((await request.finish()).body).toEqual({ outcome: "waiting" });
      expect((await confirm(browser, asked.text, "yes")).text).toContain("You are signed in");
      expect((await request.finish("x".repeat(43))).status).toBe(404);
      const finished = FinishedAtProvider.parse((await request.finish()).body);
      if (finished.outcome !== "signed-in") throw new Error("still waiting");
      const me = await server.ask("/api/v1/session", { token: finished.token ?? "" });
      expect(me.body).toMatchObject({ user: { email }, deviceId: expect.any(String) });
      expect((await request.finish()).status).toBe(404);
      const [entry] = AuditEntries.parse((await as("grace", "/audit?limit=1")).body).entries;
      expect(entry).toMatchObject({ action: "session.begin", details: { by: "provider" } });
    });

    test("whoever says no lets nobody in, and the page can be answered once", async () => {
      openId.person = account(await newPerson());
      const request = await beginDesk();
      const browser = browse();
      const asked = await browser.open(request.url);
      expect((await confirm(browser, asked.text, "no")).text).toContain("Nobody was signed in");
      expect((await confirm(browser, asked.text, "yes")).status).toBe(404);
      expect(messageOf((await request.finish()).body)).toBe("It was refused in the browser.");
    });

    test("a desk whose person the server could not look up is told so, and does not wait on", async () => {
      openId.person = account(await newPerson());
      const request = await beginDesk();
      const { providerSignIns } = schema;
      const theirs = eq(providerSignIns.id, request.requestId);
      await inSystem(db, (tx) => tx.update(providerSignIns).set({ pkce: "sealed elsewhere" }).where(theirs));
      expect((await browse().open(request.url)).status).toBe(500);
      const finished = await request.finish();
      expect([finished.status, messageOf(finished.body)]).toEqual([403, "Something went wrong in the server. Begin again in a little while."]); // prettier-ignore
    });

    test("what took too long is over", async () => {
      openId.person = account(await newPerson());
      const request = await beginDesk();
      now.ms += 11 * 60_000;
      expect((await browse().open(request.url)).text).toContain("took too long");
      expect(messageOf((await request.finish()).body)).toBe("This sign-in took too long. Begin again.");
    });
  });

  describe("nobody gets in", () => {
    const outcome = async () => {
      const { text, me, status } = await signInBrowser();
      expect([status, me]).toEqual([403, null]);
      return text;
    };

    test("who says no, or whom the provider does not let in", async () => {
      openId.person = null;
      expect(await outcome()).toContain("“Northgate ID” did not let you in, or you said no there.");
    });

    test("by an address that the provider does not vouch for", async () => {
      const email = await newPerson();
      openId.person = account(email, { email_verified: false });
      expect(await outcome()).toContain(`has not verified that ${email} is yours`);
      openId.person = { sub: "without an address" };
      expect(await outcome()).toContain("did not say your e-mail address");
      openId.person = account("somebody@elsewhere.example");
      expect(await outcome()).toContain("is for people of test.example");
    });

    test("who was not invited, or was deactivated", async () => {
      openId.person = account("stranger@test.example");
      expect(await outcome()).toContain("one has not invited stranger@test.example");
      const email = await newPerson();
      openId.person = account(email);
      const { me } = await signInBrowser();
      const { members } = schema;
      const theirs = and(eq(members.tenantId, "one"), eq(members.userId, me?.user.id ?? ""));
      await inSystem(db, (tx) => tx.update(members).set({ deactivatedAt: new Date() }).where(theirs));
      expect(await outcome()).toContain("Your account at one was deactivated");
    });

    test("as somebody of another organisation, whatever the provider says", async () => {
      await addPerson(db, { id: "victim", tenantId: "two", role: "admin", hash });
      openId.person = account("victim@test.example");
      await change({ joinsAs: "agent" });
      expect(await outcome()).toContain("has not invited victim@test.example");
      await change({ joinsAs: null });
    });

    test("by a proof that was signed with another key", async () => {
      openId.person = account(await newPerson());
      openId.lies = true;
      expect(await outcome()).toContain("cannot be used: the proof is not what was asked for");
    });

    test("when the provider is away, or is not offered any more", async () => {
      openId.isDown = true;
      await expect(signInBrowser()).rejects.toThrow("“Northgate ID” does not answer");
      openId.isDown = false;
      await change({ enabled: false });
      await expect(signInBrowser()).rejects.toThrow("not offered any more");
      await change({ enabled: true });
    });
  });

  test("an address that nobody was given is answered with a page, not with a fault of the server", async () => {
    for (const path of ["%00/callback?state=x", "x/callback", `${providerId}/callback?state=%00&code=%ff`]) {
      const { status, text } = await browse().open(`https://${site}/sign-in/${path}`);
      expect([403, 404], path).toContain(status);
      expect(text).toContain("You were not signed in");
    }
  });

  describe("somebody new", () => {
    test("is called what they are called there, however long and whatever it is written in", async () => {
      const email = "emoji@test.example";
      openId.person = account(email, { name: "👩‍💼".repeat(90) });
      await change({ joinsAs: "agent" });
      expect((await signInBrowser()).me).toMatchObject({ user: { email } });
      openId.person = account("nul@test.example", { name: "N\0L" });
      expect((await signInBrowser()).me).toMatchObject({ user: { name: "nul" } });
      await change({ joinsAs: null });
    });

    test("joins as they were invited", async () => {
      const email = "invited@test.example";
      await as("grace", "/people/invitations", { body: { email, role: "manager", teamIds: [] } });
      openId.person = account(email);
      expect((await signInBrowser()).me).toMatchObject({ user: { email }, role: "manager" });
      const { people, invitations } = People.parse((await as("grace", "/people")).body);
      expect(people.find((one) => one.email === email)).toMatchObject({
        name: `Name of ${email}`,
        active: true,
      });
      expect(invitations.filter((one) => one.email === email)).toEqual([]);
    });

    test("joins by their domain where that is allowed", async () => {
      const email = "new.starter@test.example";
      openId.person = account(email);
      await change({ joinsAs: "agent" });
      expect((await signInBrowser()).me).toMatchObject({
        user: { email },
        role: "agent",
        tenant: { id: "one" },
      });
      await change({ joinsAs: null });
    });

    test("has no password, is told so where one is asked for, and may get one", async () => {
      const email = "no.password@test.example";
      openId.person = account(email);
      await change({ joinsAs: "agent" });
      const browser = browse();
      await signInBrowser(browser);
      await change({ joinsAs: null });
      const headers = {
        cookie: `ringside_session=${browser.cookie(site, "ringside_session")}`,
        origin: server.url,
      };
      const body = { current: "anything", next: password, endOtherSessions: false };
      const refused = await server.ask("/api/v1/session/password", { body, headers });
      expect(messageOf(refused.body)).toContain("You have no password here yet.");
      await server.ask("/api/v1/session/password-reset", { body: { email } });
      const link = server.letters.at(-1);
      expect(link).toMatchObject({ to: email, kind: "password-reset", tenant: { id: "one" } });
      const token = link?.link.split("/").at(-1) ?? "";
      const set = await server.ask(`/api/v1/session/password-reset/${token}`, { body: { password } });
      expect(set.status).toBe(204);
      expect((await server.signIn(email)).session.user.email).toBe(email);
    });

    test("is counted at their own provider, also where its issuer was entered with a slash too many", async () => {
      openId.person = account(await newPerson());
      await signInBrowser();
      const other = await as("grace", "/identity-providers", {
        body: { name: "Elsewhere", issuer: "https://id.elsewhere.example" },
      });
      expect(other.body).toMatchObject({ people: 0 });
      await change({ issuer: `${openId.issuer}/` });
      const listed = IdentityProvider.parse((await change({ name: "Northgate ID" })).body);
      expect(listed.people).toBeGreaterThan(0);
      const forgot = await as("grace", `/identity-providers/${providerId}/forget-people`, { method: "POST" });
      expect(forgot.body).toEqual({ forgotten: listed.people });
      await change({ issuer: openId.issuer });
      await as("grace", `/identity-providers/${IdentityProvider.parse(other.body).id}`, { method: "DELETE" });
    });

    test("does not get what belongs to the address's owner before them, until an admin says so", async () => {
      const email = await newPerson();
      openId.person = account(email);
      const { me } = await signInBrowser();
      openId.person = account(email, { sub: "somebody else with this address" });
      expect((await signInBrowser()).text).toContain("belongs to another account of “Northgate ID” by now");
      const forgot = await as("grace", `/identity-providers/${providerId}/forget-people`, { method: "POST" });
      expect(forgot.body).toMatchObject({ forgotten: expect.any(Number) });
      expect((await signInBrowser()).me?.user.id).toBe(me?.user.id);
    });
  });
}
