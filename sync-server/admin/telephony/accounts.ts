import type { z } from "zod";
import { newRecordId } from "../../../shared/entities/id.ts";
import { applyChange } from "../../../shared/entities/partial-change.ts";
import type { Result } from "../../../shared/result/result.ts";
import type { Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import type { AccountRecord, AccountUse, CarrierError, CarrierLine } from "../../telephony/index.ts";
import { addOpenRoute, addRoute, admins, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import {
  ChangePhoneAccount,
  ChangeSecrets,
  ChooseLine,
  NewPhoneAccount,
  PhoneAccount,
  PhoneAccounts,
  TestedAccount,
} from "./wire.ts";

const path = "/telephony/accounts";
const one = `${path}/:id`;
const mostAccounts = 20;

/** A tenant's accounts with carriers. Credentials come in here and never go out: see telephony/account-records.ts. */
export function addPhoneAccountRoutes(routes: Routes): void {
  const { accounts } = routes.deps;
  const { records } = accounts;
  addRoute(
    routes,
    { method: "GET", path, summary: "Accounts with carriers, without their secrets", roles: admins, answer: PhoneAccounts }, // prettier-ignore
    async ({ tx, identity }) => ({ accounts: (await records.list(tx, identity.tenantId)).map(asWire) }),
  );
  addOpenRoute(
    routes,
    { method: "POST", path, summary: "Add an account; the first one becomes the line", roles: admins, body: NewPhoneAccount, answer: PhoneAccount, status: 201 }, // prettier-ignore
    async ({ body, inTransaction }) => {
      const { provider, label, config, credentials } = body;
      const given = records.read(provider, { config, credentials });
      if (given === null) throw new Refused("bad-request", "This server has no such carrier.");
      const checked = accepted(given);
      const made = await inTransaction(async ({ tx, identity: { tenantId }, now, note }) => {
        await records.lock(tx, tenantId);
        const existing = await records.list(tx, tenantId);
        requireRoom(existing, provider);
        const id = newRecordId() as string;
        const isFirst = !existing.some(({ isLine }) => isLine);
        const disabledAt = isFirst ? null : new Date(now);
        await records.create(tx, { tenantId, id, provider, label, ...checked, disabledAt });
        await note("phone-account.create", subjectOf(id), {
          after: { provider, label, config: checked.config, secrets: Object.keys(checked.credentials) },
        });
        return accountOf(routes, tx, tenantId, id);
      });
      accounts.forget();
      return asWire(made);
    },
  );
  addOpenRoute(
    routes,
    { method: "PATCH", path: one, summary: "Change what may be shown of an account", roles: admins, params: IdParam, body: ChangePhoneAccount, answer: PhoneAccount }, // prettier-ignore
    async ({ params: { id }, body: { label, config }, inTransaction }) => {
      const changed = await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        await records.lock(tx, tenantId);
        const before = await accountOf(routes, tx, tenantId, id);
        if (label !== undefined) await records.rename(tx, { tenantId, id }, label);
        if (config !== undefined) {
          const whole = applyChange(before.config, config);
          accepted(await records.changeConfig(tx, { tenantId, id }, whole));
        }
        const after = await accountOf(routes, tx, tenantId, id);
        await note("phone-account.change", subjectOf(id), { before: shown(before), after: shown(after) });
        return after;
      });
      accounts.forget();
      return asWire(changed);
    },
  );
  addOpenRoute(
    routes,
    { method: "PATCH", path: `${one}/credentials`, summary: "Replace secrets of an account", roles: admins, params: IdParam, body: ChangeSecrets, answer: PhoneAccount }, // prettier-ignore
    async ({ params: { id }, body: { credentials }, inTransaction }) => {
      const changed = await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const { provider, secrets } = await accountOf(routes, tx, tenantId, id);
        // It was started with its secrets, which nobody has to know.
        if (provider === "simulator")
          throw new Refused("conflict", "The simulated carrier makes its secrets itself.");
        accepted(await records.changeSecrets(tx, { tenantId, id }, credentials));
        const after = await accountOf(routes, tx, tenantId, id);
        await note("phone-account.credentials", subjectOf(id), {
          ...{ before: { secrets }, after: { secrets: after.secrets } },
          replaced: Object.keys(credentials).filter((name) => after.secrets?.includes(name)),
        });
        return after;
      });
      accounts.forget();
      return asWire(changed);
    },
  );
  addLineRoutes(routes);
}

function addLineRoutes(routes: Routes): void {
  const { accounts } = routes.deps;
  const { records } = accounts;
  addOpenRoute(
    routes,
    { method: "POST", path: `${one}/test`, summary: "Ask the carrier whether this account opens", roles: admins, params: IdParam, answer: TestedAccount }, // prettier-ignore
    async ({ params: { id }, inTransaction }) => {
      const { label, secrets } = await inTransaction(({ tx, identity }) =>
        accountOf(routes, tx, identity.tenantId, id),
      );
      if (secrets === null)
        return { ok: false, says: "The secrets of this account do not open any more. Give them anew." };
      const tested = await (await connectedTo(routes, id)).test();
      return tested.ok
        ? { ok: true, says: `“${tested.value.name}” answers, and takes these credentials.` }
        : { ok: false, says: sayTrouble(label, tested.error) };
    },
  );
  addOpenRoute(
    routes,
    { method: "PUT", path: "/telephony/line", summary: "Choose the account that new calls use", roles: admins, body: ChooseLine, answer: PhoneAccounts }, // prettier-ignore
    async ({ body: { accountId }, inTransaction }) => {
      const all = await inTransaction(async ({ tx, identity: { tenantId }, now, note }) => {
        await records.lock(tx, tenantId);
        const before = await records.list(tx, tenantId);
        if (accountId !== null) found(before.find(({ id }) => id === accountId), "account"); // prettier-ignore
        await records.chooseLine(tx, tenantId, accountId, new Date(now));
        const was = before.find(({ isLine }) => isLine)?.id ?? null;
        await note("phone-line.change", "telephony/line", { before: was, after: accountId });
        return records.list(tx, tenantId);
      });
      accounts.forget();
      return { accounts: all.map(asWire) };
    },
  );
  addOpenRoute(
    routes,
    { method: "DELETE", path: one, summary: "Remove an account on which nothing hangs", roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async ({ params: { id }, inTransaction }) => {
      await inTransaction(async ({ tx, identity: { tenantId }, note }) => {
        const before = await accountOf(routes, tx, tenantId, id);
        requireFree(await records.useOf(tx, { tenantId, id }));
        await records.remove(tx, { tenantId, id });
        await note("phone-account.remove", subjectOf(id), { before: shown(before) });
      });
      accounts.forget();
    },
  );
}

export async function findAccount(
  { deps }: Routes,
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<AccountRecord | undefined> {
  return (await deps.accounts.records.list(tx, tenantId)).find((account) => account.id === id);
}

/** @throws Refused where the tenant has none of this id */
export async function accountOf(
  routes: Routes,
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<AccountRecord> {
  return found(await findAccount(routes, tx, tenantId, id), "account");
}

/** The carrier of an account that this tenant has, with what another node may just have changed. */
export async function connectedTo({ deps: { accounts } }: Routes, id: string): Promise<CarrierLine> {
  accounts.forget();
  const connected = await accounts.byId(id);
  if (!connected) throw new Refused("not-found", "This server has no such carrier.");
  return connected.line();
}

/** What a carrier's trouble means for somebody who has just pressed a button. */
export function sayTrouble(label: string, { why, message }: CarrierError): string {
  const said = message.replace(/\.$/u, "");
  if (why === "unreachable") return `“${label}” could not be reached: ${said}.`;
  return `“${label}” answers, but refuses: ${said}.`;
}

function accepted<T>(read: Result<T, readonly string[]>): T {
  if (read.ok) return read.value;
  throw new Refused("bad-request", read.error.slice(0, 5).map((said) => `${said}.`.replace("..", ".")).join(" ")); // prettier-ignore
}

function requireRoom(existing: readonly AccountRecord[], provider: string): void {
  if (existing.length >= mostAccounts)
    throw new Refused("conflict", `There are ${mostAccounts} accounts. Remove one that is not used.`);
  if (provider === "simulator" && existing.some((account) => account.provider === "simulator"))
    throw new Refused("conflict", "There is a simulated carrier already, and a second one would not differ.");
}

function requireFree({ numbers, openCalls, recordings }: AccountUse): void {
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;
  if (openCalls > 0)
    throw new Refused("conflict", `${count(openCalls, "call")} of this account go on. Wait until they end.`);
  if (numbers > 0)
    throw new Refused("conflict", `${count(numbers, "number")} belong to this account. Remove them, or give them to another.`); // prettier-ignore
  if (recordings > 0)
    throw new Refused("conflict", `${count(recordings, "recording")} are still at the carrier. Wait until they are here.`); // prettier-ignore
}

function asWire({ webhookUrl, ...account }: AccountRecord): z.input<typeof PhoneAccount> {
  const webhooks = webhookUrl && { voice: `${webhookUrl}/voice`, status: `${webhookUrl}/status` };
  return { ...account, webhooks: webhooks || null };
}

function shown({ provider, label, config }: AccountRecord): Record<string, unknown> {
  return { provider, label, config };
}

function subjectOf(id: string): string {
  return `telephony/accounts/${id}`;
}
