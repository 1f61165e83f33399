import { expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import {
  AuditEntries,
  IdentityProvider,
  IdentityProviders,
  TestedProvider,
} from "../../sync-server/admin/wire.ts";
import { schema, type Database } from "../../sync-server/database/index.ts";
import type { TestProvider } from "../openid/start-openid-provider.ts";
import type { Answer, Ask } from "./start-auth-server.ts";

/** What is there once the suite has begun. */
export type ProviderStage = {
  /** As admin `grace` or agent `agnes` of one organisation, or admin `olga` of another. */
  as(who: string, path: string, ask?: Ask): Promise<Answer>;
  site: string;
  /** Of `grace`, set up and offered. */
  providerId(): string;
  openId(): TestProvider;
  db(): Database;
};

/** What an admin does with identity providers. */
export function providerAdminTests(stage: ProviderStage): void {
  const { as, site } = stage;
  const change = (body: object) =>
    as("grace", `/identity-providers/${stage.providerId()}`, { method: "PATCH", body });
  const messageOf = (body: unknown) => WireError.parse(body).error.message;

  test("gives a secret that never comes out again, and that the audit log does not know", async () => {
    const listed = await as("grace", "/identity-providers");
    const { providers } = IdentityProviders.parse(listed.body);
    expect(providers).toMatchObject([
      { name: "Northgate ID", secret: "kept", enabled: true, domains: ["test.example"] },
    ]);
    expect(providers[0]?.redirectUri).toBe(`https://${site}/sign-in/${stage.providerId()}/callback`);
    const { body: audit } = await as("grace", "/audit?limit=50");
    const actions = AuditEntries.parse(audit).entries.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["identity-provider.create", "identity-provider.change", "identity-provider.secret"])); // prettier-ignore
    expect(JSON.stringify([listed.body, audit])).not.toContain(stage.openId().client.secret);
    const [kept] = await stage.db().owner.select().from(schema.identityProviders);
    expect(kept?.clientSecret).not.toContain(stage.openId().client.secret);
  });

  test("names an issuer at another server, which is not told the secret that was given for the one before", async () => {
    const body = { name: "Moves", issuer: "https://id.before.example" };
    const { id } = IdentityProvider.parse((await as("grace", "/identity-providers", { body })).body);
    const path = `/identity-providers/${id}`;
    await as("grace", `${path}/secret`, { method: "PUT", body: { secret: "for the one before" } });
    const changeIssuer = (issuer: string) => as("grace", path, { method: "PATCH", body: { issuer } });
    expect((await changeIssuer("https://id.before.example/realms/one")).body).toMatchObject({
      secret: "kept",
    });
    expect((await changeIssuer("https://id.after.example")).body).toMatchObject({ secret: "none" });
    await as("grace", path, { method: "DELETE" });
  });

  test("alone sees and changes providers, and those of their own organisation alone", async () => {
    expect((await as("agnes", "/identity-providers")).status).toBe(403);
    expect((await as("olga", "/identity-providers")).body).toEqual({ providers: [] });
    for (const [method, path] of [
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/test"],
      ["POST", "/forget-people"],
    ] as const) {
      const body = method === "PATCH" ? { body: { name: "Mine" } } : {};
      const answer = await as("olga", `/identity-providers/${stage.providerId()}${path}`, {
        method,
        ...body,
      });
      expect([answer.status, path], method).toEqual([404, path]);
    }
  });

  test("is told in words whether it would work", async () => {
    const says = async () => {
      const answer = await as("grace", `/identity-providers/${stage.providerId()}/test`, { method: "POST" });
      return TestedProvider.parse(answer.body);
    };
    const keep = (secret: string) =>
      as("grace", `/identity-providers/${stage.providerId()}/secret`, { method: "PUT", body: { secret } });
    expect(await says()).toEqual({ ok: true, says: "“Northgate ID” answers and takes this client." });
    await keep("another secret");
    expect(await says()).toMatchObject({
      ok: false,
      says: expect.stringContaining("does not take this client id"),
    });
    await keep(stage.openId().client.secret);
    await change({ issuer: `${stage.openId().issuer}/somewhere` });
    expect(await says()).toMatchObject({
      ok: false,
      says: expect.stringContaining("no OpenID provider at this issuer"),
    });
    await change({ issuer: "http://127.0.0.1:1" });
    expect(await says()).toMatchObject({
      ok: false,
      says: expect.stringContaining("nothing answers there"),
    });
    await change({ issuer: stage.openId().issuer });
    await keep(stage.openId().client.secret);
    expect((await says()).ok).toBe(true);
  });

  test("names domains that are their own, and offers nothing half done", async () => {
    const refusals = async (path: string, who: string, body: object) =>
      messageOf((await as(who, path, { method: "PATCH", body })).body);
    const mine = `/identity-providers/${stage.providerId()}`;
    expect(await refusals(mine, "grace", { domains: ["gmail.com"] })).toContain(
      "Anybody can have an address at gmail.com",
    );
    expect(await refusals(mine, "grace", { clientId: "" })).toContain("Enter the client id");
    const body = { name: "Theirs", issuer: stage.openId().issuer };
    const { id } = IdentityProvider.parse((await as("olga", "/identity-providers", { body })).body);
    expect(
      await refusals(`/identity-providers/${id}`, "olga", { domains: ["two.example", "test.example"] }),
    ).toBe("Another provider of this server has test.example. A domain leads to one.");
    expect(
      IdentityProviders.parse((await as("olga", "/identity-providers")).body).providers[0]?.domains,
    ).toEqual([]);
    await as("olga", `/identity-providers/${id}`, { method: "DELETE" });
  });
}
