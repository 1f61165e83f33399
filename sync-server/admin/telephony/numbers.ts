import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { normalisePhone, phoneProblems } from "../../../shared/phone/normalise-phone.ts";
import { schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { readCountry } from "../business.ts";
import type { AccountRecord } from "../../telephony/index.ts";
import { addOpenRoute, addRoute, admins, found, type Routes } from "../route.ts";
import { requireQueue } from "../setting-records.ts";
import { IdParam, NumberParam } from "../wire.ts";
import { connectedTo, accountOf, findAccount, sayTrouble } from "./accounts.ts";
import {
  BringIn,
  BroughtIn,
  ChangePhoneNumber,
  NewPhoneNumber,
  OfferedNumbers,
  PhoneNumber,
  PhoneNumbers,
} from "./wire.ts";

const path = "/telephony/numbers";
const { telephonyNumbers, members } = schema;
type Entry = z.output<typeof PhoneNumber>;
type Assigned = Pick<Entry, "accountId" | "queue" | "agentId">;

/** Numbers by which a tenant is called, and whom each of them rings. */
export function addPhoneNumberRoutes(routes: Routes): void {
  const { accounts } = routes.deps;
  addRoute(
    routes,
    { method: "GET", path, summary: "Numbers by which the tenant is called", roles: admins, answer: PhoneNumbers }, // prettier-ignore
    async ({ tx, identity }) => ({ numbers: await readNumbers(tx, identity.tenantId) }),
  );
  addOpenRoute(
    routes,
    { method: "POST", path, summary: "Add a number", roles: admins, body: NewPhoneNumber, answer: PhoneNumber, status: 201 }, // prettier-ignore
    async ({ body, inTransaction }) => {
      const added = await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const number = normalisePhone(body.number, await readCountry(tx, tenantId));
        if (!number.ok) throw new Refused("bad-request", `${phoneProblems[number.problem]}.`);
        const entry = { ...body, number: number.e164 };
        await requireNew(routes, tx, tenantId, entry);
        await requireReal(routes, tx, tenantId, entry, entry);
        await tx.insert(telephonyNumbers).values({ tenantId, ...entry });
        await note("phone-number.add", subjectOf(entry.number), { after: entry });
        return entry;
      });
      accounts.forget();
      return added;
    },
  );
  addOpenRoute(
    routes,
    { method: "PATCH", path: `${path}/:number`, summary: "Change whom a number rings", roles: admins, params: NumberParam, body: ChangePhoneNumber, answer: PhoneNumber }, // prettier-ignore
    async ({ params: { number }, body, inTransaction }) => {
      const changed = await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const before = await numberOf(tx, tenantId, number);
        const after = { ...before, ...body } as Entry;
        await requireReal(routes, tx, tenantId, after, body as Partial<Assigned>);
        await tx.update(telephonyNumbers).set(after).where(own(tenantId, number));
        await note("phone-number.change", subjectOf(number), { before, after });
        return after;
      });
      accounts.forget();
      return changed;
    },
  );
  addOpenRoute(
    routes,
    { method: "DELETE", path: `${path}/:number`, summary: "Take no more calls at a number", roles: admins, params: NumberParam, answer: null }, // prettier-ignore
    async ({ params: { number }, inTransaction }) => {
      await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const before = await numberOf(tx, tenantId, number);
        await tx.delete(telephonyNumbers).where(own(tenantId, number));
        await note("phone-number.remove", subjectOf(number), { before });
      });
      accounts.forget();
    },
  );
  addOfferRoutes(routes);
}

/** Numbers that an account has at its carrier, to be taken over instead of typed. */
function addOfferRoutes(routes: Routes): void {
  const offered = "/telephony/accounts/:id/numbers";
  addOpenRoute(
    routes,
    { method: "GET", path: offered, summary: "Numbers that an account has at its carrier", roles: admins, params: IdParam, answer: OfferedNumbers }, // prettier-ignore
    async ({ params: { id }, inTransaction }) => {
      const account = await inTransaction(({ tx, identity }) => accountOf(routes, tx, identity.tenantId, id));
      const numbers = await listOffered(routes, account);
      const here = await inTransaction(({ tx, identity }) => readNumbers(tx, identity.tenantId));
      const takenBy = new Map(here.map(({ number, accountId }) => [number, accountId]));
      return {
        numbers: numbers.map((one) => ({ ...one, accountId: takenBy.get(one.number) ?? null })),
      };
    },
  );
  addOpenRoute(
    routes,
    { method: "POST", path: offered, summary: "Bring in numbers that an account has at its carrier", roles: admins, params: IdParam, body: BringIn, answer: BroughtIn }, // prettier-ignore
    async ({ params: { id }, body, inTransaction }) => {
      const wanted = new Set(body.numbers);
      const account = await inTransaction(({ tx, identity }) => accountOf(routes, tx, identity.tenantId, id));
      const theirs = (await listOffered(routes, account)).filter(({ number }) => wanted.has(number));
      if (theirs.length < wanted.size)
        throw new Refused("conflict", "The account does not have all of these numbers any more.");
      const added = await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const fresh = theirs.map(({ number, label }) => ({ tenantId, accountId: id, number, label: label.slice(0, 100) })); // prettier-ignore
        const rows = await tx.insert(telephonyNumbers).values(fresh).onConflictDoNothing().returning();
        const numbers = rows.map(({ number }) => number);
        await note("phone-number.bring-in", `telephony/accounts/${id}`, { numbers });
        return numbers.length;
      });
      routes.deps.accounts.forget();
      return { added };
    },
  );
}

async function listOffered(routes: Routes, { id, label }: AccountRecord) {
  const numbers = await (await connectedTo(routes, id)).listNumbers();
  if (!numbers.ok) throw new Refused("conflict", sayTrouble(label, numbers.error));
  return numbers.value;
}

async function readNumbers(tx: Tx, tenantId: string): Promise<Entry[]> {
  const rows = await tx
    .select()
    .from(telephonyNumbers)
    .where(eq(telephonyNumbers.tenantId, tenantId))
    .orderBy(asc(telephonyNumbers.number));
  return rows.map(({ tenantId: _tenant, ...entry }) => entry);
}

async function numberOf(tx: Tx, tenantId: string, number: string): Promise<Entry> {
  const [row] = await tx.select().from(telephonyNumbers).where(own(tenantId, number)).for("update");
  const { tenantId: _tenant, ...entry } = found(row, "number");
  return entry;
}

async function requireNew(routes: Routes, tx: Tx, tenantId: string, { number, accountId }: Entry) {
  const [there] = await tx.select().from(telephonyNumbers).where(own(tenantId, number));
  if (!there) return;
  if (there.accountId === accountId) throw new Refused("conflict", `${number} stands here already.`);
  const owner = await findAccount(routes, tx, tenantId, there.accountId);
  throw new Refused("conflict", `${number} belongs to the account “${owner?.label ?? there.accountId}”. Change it there, or remove it first.`); // prettier-ignore
}

/**
 * A number that rings nobody who exists would lose its callers.
 * @param named what is decided now; what was, stays: a queue that was archived since keeps no name from being changed
 */
async function requireReal(
  routes: Routes,
  tx: Tx,
  tenantId: string,
  { queue, agentId }: Assigned,
  named: Partial<Assigned>,
): Promise<void> {
  const refuse = (why: string) => new Refused("bad-request", why);
  if (named.accountId !== undefined && !(await findAccount(routes, tx, tenantId, named.accountId)))
    throw refuse("There is no such account.");
  if (queue !== "" && agentId !== null)
    throw refuse("A number rings one person or the people of a queue, not both.");
  await requireQueue(tx, tenantId, named.queue ?? "");
  if (!named.agentId) return;
  const [person] = await tx
    .select({ deactivatedAt: members.deactivatedAt })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.userId, named.agentId)));
  if (!person || person.deactivatedAt !== null) throw refuse("There is no such person.");
}

function own(tenantId: string, number: string) {
  return and(eq(telephonyNumbers.tenantId, tenantId), eq(telephonyNumbers.number, number));
}

function subjectOf(number: string): string {
  return `telephony/numbers/${number}`;
}
