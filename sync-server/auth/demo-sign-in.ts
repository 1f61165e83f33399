import { and, asc, eq, isNull } from "drizzle-orm";
import type { FastifyRequest } from "fastify";
import { ok, type Result } from "../../shared/result/result.ts";
import type { DemoPeople, DemoSignInRequest } from "../../shared/sync/session-wire.ts";
import { inSystem, schema } from "../database/index.ts";
import { beginSession, type Began } from "./begin-session.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";

/** Fact of a database in which `sync-server demo` has made the demo tenant. */
export const demoFact = "demo-sign-in";

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const loopbackAddresses: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * Whether this request may become anybody of the demo tenant without a password: only on a server that listens on
 * loopback, straight from the same machine (no proxy in between), by a loopback name (a page elsewhere whose name
 * was made to point here has another one).
 */
export function isOnThisMachine(
  listensOn: string,
  request: Pick<FastifyRequest, "headers" | "socket">,
): boolean {
  const { host, forwarded, "x-forwarded-for": forwardedFor } = request.headers;
  const name = host?.replace(/:\d+$/u, "") ?? "";
  return (
    (listensOn === "localhost" || loopbackAddresses.has(listensOn)) &&
    loopbackAddresses.has(request.socket.remoteAddress ?? "") &&
    loopbackNames.has(name) &&
    forwarded === undefined &&
    forwardedFor === undefined
  );
}

const noDemo = () => fail("not-found", "There is no demo on this server.");

/** Everybody that one may become; refused where no demo was made. */
export async function listDemoPeople({ db }: AuthDeps): Promise<Result<DemoPeople, Failure>> {
  const { members, tenants, users, teams, teamMembers, serverFacts } = schema;
  return inSystem(db, async (tx) => {
    const [fact] = await tx.select().from(serverFacts).where(eq(serverFacts.key, demoFact));
    const [demo] = await tx
      .select({ id: tenants.id, name: tenants.name })
      .from(tenants)
      .where(and(eq(tenants.kind, "demo"), isNull(tenants.suspendedAt)));
    if (fact === undefined || demo === undefined) return noDemo();
    const people = await tx
      .select({ userId: users.id, name: users.name, role: members.role, kind: tenants.kind })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .innerJoin(tenants, eq(tenants.id, members.tenantId))
      .where(isNull(members.deactivatedAt))
      .orderBy(asc(members.createdAt), asc(users.name));
    const memberships = await tx
      .select({ userId: teamMembers.userId, team: teams.name })
      .from(teamMembers)
      .innerJoin(teams, and(eq(teams.id, teamMembers.teamId), eq(teams.tenantId, teamMembers.tenantId)))
      .where(eq(teamMembers.tenantId, demo.id))
      .orderBy(teams.name);
    const teamsOf = (userId: string) =>
      memberships.filter((one) => one.userId === userId).map(({ team }) => team);
    return ok({
      tenantName: demo.name,
      people: people
        // A customer's people are never for the taking, should a demo server ever get some.
        .filter(({ userId, kind }) => kind !== "customer" && userId.startsWith("demo-"))
        .map(({ userId, name, role }) => {
          return { userId: userId as never, name, role, about: describe(role, teamsOf(userId)) };
        }),
    });
  });
}

function describe(role: string, teamNames: string[]): string {
  const noun = role[0]?.toUpperCase() + role.slice(1);
  return teamNames.length === 0 ? noun : `${noun}, ${teamNames.join(" and ")}`;
}

export async function signInDemo(
  deps: AuthDeps,
  { userId, client }: DemoSignInRequest,
  origin: Origin,
): Promise<Result<Began, Failure>> {
  const listed = await listDemoPeople(deps);
  if (!listed.ok) return listed;
  if (!listed.value.people.some((person) => person.userId === userId)) return noDemo();
  const { internalAdapter } = await deps.auth.$context;
  const session = await internalAdapter.createSession(userId);
  return beginSession(deps, { userId, sessionText: session.token, client, by: "demo", origin });
}
