import { describe, expect, test } from "vitest";
import type { SecondFactorNeeded, SecondFactorSetup } from "../../shared/sync/session-wire.ts";
import { schema, type Database } from "../../sync-server/database/index.ts";
import { decodeBase32, openAuthenticator } from "./authenticator.ts";
import { deskClient, password, type AuthServer } from "./start-auth-server.ts";

/** Two factors. `person` makes one and answers their address; server and database run when the tests do. */
export function describeSecondFactor({
  server,
  db,
  person,
}: {
  server: () => AuthServer;
  db: () => Database;
  person: () => Promise<string>;
}): void {
  describe("second factor", () => {
    const setUp = async () => {
      const email = await person();
      const { token } = await server().signIn(email);
      const setup = (await server().ask("/api/v1/session/second-factor/setup", { token, body: { password } }))
        .body as SecondFactorSetup;
      const code = openAuthenticator(new URL(setup.totpUri).searchParams.get("secret") ?? "");
      return { email, token, setup, code };
    };
    const begin = async (email: string) => {
      const client = deskClient(`installation of ${email}`);
      const answer = await server().ask("/api/v1/session/sign-in", { body: { email, password, client } });
      return { client, challenge: (answer.body as SecondFactorNeeded).challenge, answer };
    };
    const verify = (body: object) => server().ask("/api/v1/session/second-factor", { body });

    test("is asked for only after a code proved that it works", async () => {
      const { email, token, code } = await setUp();
      expect((await server().signIn(email)).session.hasSecondFactor).toBe(false);
      const second = await server().signIn(email);
      const wrong = await server().ask("/api/v1/session/second-factor/confirm", {
        token: second.token,
        body: { code: "000000" },
      });
      expect(wrong.status).toBe(403);
      const right = await server().ask("/api/v1/session/second-factor/confirm", {
        token: second.token,
        body: { code: await code() },
      });
      expect(right.status).toBe(204);
      expect((await server().ask("/api/v1/session", { token })).status).toBe(401);
      const { challenge, client, answer } = await begin(email);
      expect(answer.body).toMatchObject({ outcome: "second-factor" });
      expect((await verify({ challenge, client, method: "totp", code: "000000" })).status).toBe(401);
      const done = await verify({ challenge, client, method: "totp", code: await code(1) });
      expect(done.body).toMatchObject({ outcome: "signed-in", session: { hasSecondFactor: true } });
      const again = { challenge, client, method: "totp", code: await code(1) };
      expect((await verify(again)).status, "a used challenge").toBe(401);
    });

    test("a code is taken once, whatever for: whoever saw it typed cannot sign in with it", async () => {
      const { email, token, code } = await setUp();
      const [confirming, signingIn] = [await code(), await code(1)];
      const confirm = { token, body: { code: confirming } };
      expect((await server().ask("/api/v1/session/second-factor/confirm", confirm)).status).toBe(204);
      for (const [used, expected] of [
        [confirming, 401],
        [signingIn, 200],
        [signingIn, 401],
        [confirming, 401],
      ] as const) {
        const { challenge, client } = await begin(email);
        expect((await verify({ challenge, client, method: "totp", code: used })).status).toBe(expected);
      }
    });

    test("of two who type one code at once, one gets in", async () => {
      const { email, token, code } = await setUp();
      await server().ask("/api/v1/session/second-factor/confirm", { token, body: { code: await code() } });
      const next = await code(1);
      const challenges = [await begin(email), await begin(email), await begin(email)];
      const answers = await Promise.all(
        challenges.map(({ challenge, client }) => verify({ challenge, client, method: "totp", code: next })),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
      const sessions = await db().owner.select({ tenantId: schema.sessions.tenantId }).from(schema.sessions);
      expect(sessions.filter(({ tenantId }) => tenantId === null)).toEqual([]);
    });

    test("backup codes work once, and an admin can reset it", async () => {
      const { email, token, setup, code } = await setUp();
      await server().ask("/api/v1/session/second-factor/confirm", { token, body: { code: await code() } });
      const [backup = ""] = setup.backupCodes;
      for (const expected of [200, 401]) {
        const { challenge, client } = await begin(email);
        expect((await verify({ challenge, client, method: "backup", code: backup })).status).toBe(expected);
      }
      const admin = await server().signIn("grace@test.example");
      const userId = email.split("@")[0];
      const reset = await server().ask(`/api/v1/people/${userId}/reset-second-factor`, {
        method: "POST",
        token: admin.token,
      });
      expect(reset.status).toBe(204);
      expect((await server().signIn(email)).session.hasSecondFactor).toBe(false);
    });

    test("its secret is encrypted at rest", async () => {
      const { setup } = await setUp();
      const secret = decodeBase32(new URL(setup.totpUri).searchParams.get("secret") ?? "");
      const stored = JSON.stringify(await db().owner.select().from(schema.twoFactors));
      expect(stored).not.toContain(secret);
      for (const code of setup.backupCodes) expect(stored).not.toContain(code);
    });
  });
}
