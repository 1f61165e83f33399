import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { symbols } from "pino";
import { expect } from "vitest";
import { readConfig } from "../../sync-server/config.ts";
import {
  startAuth,
  createUser,
  announcePeople,
  setTeams,
  type Letter,
} from "../../sync-server/auth/index.ts";
import { openTestModels } from "../ai/open-test-models.ts";
import { addAdminRoutes } from "../../sync-server/admin/index.ts";
import { signToken } from "../../sync-server/auth/session-token.ts";
import { inSystem, schema, type Database } from "../../sync-server/database/index.ts";
import { createTwilioCarrier } from "../../sync-server/providers/twilio/index.ts";
import { createSealer } from "../../sync-server/seal.ts";
import type { Identify } from "../../sync-server/http/index.ts";
import { startServer, type RunningServer, type ServerContext } from "../../sync-server/server.ts";
import { openAccounts, startTelephony, type Carriers } from "../../sync-server/telephony/index.ts";
import type { Role } from "../../shared/entities/setting.ts";
import { systemClock, type Clock } from "../../shared/result/ports.ts";
import type { SignedIn } from "../../shared/sync/session-wire.ts";

export type Answer = { status: number; body: unknown; headers: Headers };
export type Ask = {
  method?: string;
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
};

/** A server with real sign-in and administration, and short ways to make people and to ask it things. */
export type AuthServer = RunningServer & {
  /** Removed when it closes. */
  dataDir: string;
  /** Every letter that would have been sent, oldest first. */
  letters: Letter[];
  /** What sign-in, administration and sync serve, whether they describe it or not. */
  routes: readonly { method: string; url: string }[];
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Signs in as a desk with the password that `addPerson` gave. */
  signIn(
    email: string,
    more?: { installation?: string; tenantId?: string },
  ): Promise<SignedIn & { token: string }>;
};

export const password = "correct horse battery";
export const secret = "a-secret-for-tests-only-0123456789-abcdef";

/** @param db shared by the nodes of one test; closed with the server */
export async function startAuthServer(
  db: Database,
  options: {
    clock?: Clock;
    host?: string;
    carriers?: Carriers;
    /** Unset = nothing is limited. */
    signInsPerMinute?: number;
    /** Hears every line that the server logs, at its most talkative. */
    logTo?: (line: string) => void;
    /** Adds what people ask beside it. */
    add?: (context: ServerContext & { identify: Identify }) => void;
  } = {},
): Promise<AuthServer> {
  const letters: Letter[] = [];
  const routes: { method: string; url: string }[] = [];
  const clock = options.clock ?? systemClock;
  const { logTo } = options;
  const settings = readConfig({ PORT: "0", LOG_LEVEL: logTo ? "trace" : "fatal" });
  const config = { ...settings, requestsPerMinute: 1_000_000 };
  const dataDir = await mkdtemp(join(tmpdir(), "ringside-auth-server-"));
  const server = await startServer(
    config,
    async (context) => {
      if (logTo) Object.assign(context.app.log, { [symbols.streamSym]: { write: logTo } });
      context.app.addHook("onRoute", ({ method, url }) => {
        // Fastify adds a HEAD to each GET by itself.
        for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, url });
      });
      const auth = await startAuth({
        ...context,
        secret,
        listensOn: options.host ?? config.host,
        publicUrl: () => "https://ringside.example",
        letters: { areMailed: false, send: async (_tx, letter) => void letters.push(letter) },
        signInsPerMinute: options.signInsPerMinute ?? 1_000_000,
        // Providers of tests run on this machine.
        privateProviders: true,
      });
      const accounts = openAccounts({
        ...context,
        sealer: createSealer(secret),
        carriers: options.carriers ?? { twilio: createTwilioCarrier({ provider: "twilio" }) },
        serverUrl: () => "https://ringside.example",
      });
      const ai = await openTestModels({ ...context, secret, dataDir });
      addAdminRoutes(context.app, { ...auth, accounts, ai: ai.admin, nodeStartedAt: clock.now() });
      options.add?.({ ...context, identify: auth.identify });
      const telephony = await startTelephony({
        ...context,
        identify: auth.identify,
        accounts,
        demo: null,
        dataDir,
      });
      return {
        identify: auth.identify,
        async stop() {
          await telephony.stop();
          await ai.stop();
          await auth.stop();
          await rm(dataDir, { recursive: true, force: true });
        },
      };
    },
    { db, clock },
  );
  return { ...server, ...clientOf(server.url), letters, routes, dataDir };
}

/** Short ways to ask a server that listens there. */
export function clientOf(url: string): Pick<AuthServer, "ask" | "signIn"> {
  const ask: AuthServer["ask"] = (path, { method, body, token, headers = {} } = {}) =>
    askServer(url + path, method ?? (body === undefined ? "GET" : "POST"), body, {
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    });
  return {
    ask,
    async signIn(email, { installation = `installation of ${email}`, tenantId } = {}) {
      const answer = await ask("/api/v1/session/sign-in", {
        body: { email, password, client: deskClient(installation), ...(tenantId ? { tenantId } : {}) },
      });
      if (answer.status !== 200) throw new Error(`${email}: ${JSON.stringify(answer.body)}`);
      return answer.body as SignedIn & { token: string };
    },
  };
}

export function deskClient(installation: string) {
  return {
    kind: "desk" as const,
    device: {
      installation: installation.padEnd(16, "."),
      name: "Test desk",
      platform: "linux" as const,
      appVersion: "1",
    },
  };
}

async function askServer(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

export type Person = { id: string; tenantId: string; role: Role; teamIds?: string[]; hash: string };

/** scrypt is slow on purpose: one hash of `password` serves everybody. */
export async function hashPassword(): Promise<string> {
  const { hashPassword: hash } = await import("better-auth/crypto");
  return hash(password);
}

/** Somebody called `id` with the e-mail address `<id>@test.example`; makes tenant and teams that are missing. */
export async function addPerson(
  db: Database,
  { id, tenantId, role, teamIds = [], hash }: Person,
): Promise<string> {
  const email = `${id}@test.example`;
  await inSystem(db, async (tx) => {
    const kind = role === "operator" ? "operations" : "customer";
    await tx.insert(schema.tenants).values({ id: tenantId, name: tenantId, kind }).onConflictDoNothing();
    await createUser(tx, { id, name: id, email, passwordHash: hash });
    await tx.insert(schema.members).values({ tenantId, userId: id, role });
    for (const team of teamIds) {
      await tx.insert(schema.teams).values({ tenantId, id: team, name: team }).onConflictDoNothing();
    }
    await setTeams(tx, tenantId, id, teamIds);
    await announcePeople(tx, tenantId, [id], { userId: "", now: new Date().toISOString() });
  });
  return email;
}

/** A token without signing in, for tests that need many: the session is as real as any. */
export async function mintToken(db: Database, userId: string, tenantId: string): Promise<string> {
  const token = randomBytes(24).toString("hex");
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db.owner.insert(schema.sessions).values({ id: randomUUID(), userId, tenantId, token, expiresAt });
  return signToken(token, secret);
}

/** What becomes true within seconds, however busy the machine is. */
export function soon<T>(read: () => T) {
  return expect.poll(read, { interval: 10 });
}
