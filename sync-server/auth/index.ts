import type { FastifyInstance } from "fastify";
import type { Clock } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";
import { openAccessCache } from "./access-cache.ts";
import { createBetterAuth } from "./better-auth.ts";
import type { AuthDeps, Letters } from "./deps.ts";
import { createIdentify, type Access } from "./identify.ts";
import { startProviders, type ProviderDeps } from "./providers/index.ts";
import { addAuthRoutes } from "./routes.ts";
import { createThrottle } from "./throttle.ts";

// The door of sign-in. What desks and browsers may ask is in shared/sync/session-wire.ts.
export { askedByPerson } from "./asked-by-person.ts";
export { audit, type AuditEntry } from "./audit.ts";
export { demoFact } from "./demo-sign-in.ts";
export type { AuthDeps, Letter, Letters, Notice, Origin, WayIn } from "./deps.ts";
export { deleteSessions } from "./end-sessions.ts";
export { type Failure } from "./failure.ts";
export { createUser, writeInvitation } from "./invitations.ts";
export { makeResetLink } from "./passwords.ts";
export {
  announcePeople,
  announceTeam,
  announceTeamGone,
  readMembers,
  setTeams,
  type Member,
} from "./people.ts";
export { originOf } from "./hand-over.ts";
export { redirectUriOf, type ProviderChange, type ProviderRecord } from "./providers/index.ts";
export { requireSameOrigin } from "./same-origin.ts";
export { clearSecondFactor } from "./second-factor.ts";

export type AuthContext = {
  app: FastifyInstance;
  db: Database;
  clock: Clock;
  /** At least 32 random characters, the same on every node and after every restart. */
  secret: string;
  /** The address that the server listens on: demo sign-in exists on loopback alone. */
  listensOn: string;
  publicUrl: () => string;
  letters: Letters;
  /** Of one address or session; lower than the server's own limit, because hashing passwords is slow on purpose. */
  signInsPerMinute?: number;
  /** Identity providers may stand in this server's own network, and do without TLS. */
  privateProviders: boolean;
};

export type Auth = AuthDeps & { providers: ProviderDeps; identify: Identify; stop(): Promise<void> };

/** Adds the endpoints of sign-in and gives the identity of every request. */
export async function startAuth(context: AuthContext): Promise<Auth> {
  const { app, db, clock, secret, listensOn, publicUrl, letters } = context;
  const auth = createBetterAuth(db, secret);
  const deps: AuthDeps = { db, clock, secret, auth, throttle: createThrottle(db, clock), publicUrl, letters };
  const cache = await openAccessCache<Access>(db, clock, (error) => {
    app.log.error({ err: error }, "streams were not told of changed access");
  });
  const identify = createIdentify({ db, clock, secret, cache });
  const { signInsPerMinute = 60, privateProviders } = context;
  addAuthRoutes(app, { ...deps, identify, listensOn, signInsPerMinute });
  const providers = await startProviders(app, deps, { signInsPerMinute, privateProviders });
  return { ...deps, providers, identify, stop: () => cache.close() };
}
