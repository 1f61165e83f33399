import { sql } from "drizzle-orm";
import type { z } from "zod";
import { reasoningByName } from "../../../shared/ai/reasoning.ts";
import type { Owned, Owner } from "../../ai/accounts/index.ts";
import type { ModelProvider } from "../../ai/index.ts";
import { inSystem, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addOpenRoute, addRoute, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { requireAllowed } from "./own-models.ts";
import { scopes, type Scope } from "./scope.ts";
import {
  AiAccount,
  AiAccounts,
  ChangeAiAccount,
  KeepAiKey,
  NewAiAccount,
  TestAiAccount,
  TestedAiAccount,
} from "./wire.ts";

const mostAccounts = 20;
const testTimeoutMs = 20_000;

/** Accounts with providers of models. Keys come in here and never go out: see ai/accounts. */
export function addAiAccountRoutes(routes: Routes): void {
  for (const scope of scopes) {
    addListRoutes(routes, scope);
    addKeyRoutes(routes, scope);
    addTestRoute(routes, scope);
  }
}

function addListRoutes(routes: Routes, { path: root, roles, as, whose, ownerOf }: Scope): void {
  const { accounts } = routes.deps.ai;
  const path = `${root}/accounts`;
  addRoute(
    routes,
    { method: "GET", path, summary: `Accounts with providers of models ${whose}, without their keys`, roles, as, answer: AiAccounts }, // prettier-ignore
    async ({ tx, identity }) => ({ accounts: await accounts.list(tx, ownerOf(identity)) }),
  );
  addRoute(
    routes,
    { method: "POST", path, summary: `Add an account ${whose}`, roles, as, body: NewAiAccount, answer: AiAccount, status: 201 }, // prettier-ignore
    async ({ tx, identity, body, now, note }) => {
      const owner = ownerOf(identity);
      await requireAllowed(tx, owner);
      await lock(tx, owner);
      if ((await accounts.list(tx, owner)).length >= mostAccounts)
        throw new Refused("conflict", `There are ${mostAccounts} accounts. Remove one that is not used.`);
      const id = await accounts.create(tx, owner, { ...body, now: new Date(now) });
      const { apiKey, ...after } = body;
      await note("ai-account.create", subjectOf(id), { after: { ...after, key: apiKey !== null } });
      return accountOf(routes, tx, { ...owner, id });
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: `${path}/:id`, summary: "Change an account; at another address its key is forgotten", roles, as, params: IdParam, body: ChangeAiAccount, answer: AiAccount }, // prettier-ignore
    async ({ tx, identity, params: { id }, body, note }) => {
      const of = { ...ownerOf(identity), id };
      const before = await accountOf(routes, tx, of);
      await accounts.change(tx, of, body);
      await note("ai-account.change", subjectOf(id), { before: shown(before), after: body });
      return accountOf(routes, tx, of);
    },
  );
}

function addKeyRoutes(routes: Routes, { path: root, roles, as, ownerOf }: Scope): void {
  const { accounts } = routes.deps.ai;
  const one = `${root}/accounts/:id`;
  addRoute(
    routes,
    { method: "PUT", path: `${one}/key`, summary: "Replace the key", roles, as, params: IdParam, body: KeepAiKey, answer: AiAccount }, // prettier-ignore
    async ({ tx, identity, params: { id }, body: { apiKey }, now, note }) => {
      const of = { ...ownerOf(identity), id };
      const before = await accountOf(routes, tx, of);
      await accounts.replaceKey(tx, of, apiKey, new Date(now));
      const after = await accountOf(routes, tx, of);
      await note("ai-account.key", subjectOf(id), { before: before.key, after: after.key });
      return after;
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: one, summary: "Remove an account that no model needs", roles, as, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity, params: { id }, note }) => {
      const of = { ...ownerOf(identity), id };
      const before = await accountOf(routes, tx, of);
      if (!(await accounts.remove(tx, of)).ok)
        throw new Refused("conflict", "Models go by this account. Remove them first.");
      await note("ai-account.remove", subjectOf(id), { before: shown(before) });
    },
  );
}

function addTestRoute(routes: Routes, { path: root, roles, ownerOf }: Scope): void {
  const { db, ai } = routes.deps;
  addOpenRoute(
    routes,
    { method: "POST", path: `${root}/accounts/:id/test`, summary: "Ask a model of this account for one word", roles, params: IdParam, body: TestAiAccount, answer: TestedAiAccount }, // prettier-ignore
    async ({ identity, params: { id }, body: { wireName } }) => {
      const owner = ownerOf(identity);
      const access = await inSystem(db, async (tx) => {
        await accountOf(routes, tx, { ...owner, id });
        await requireAllowed(tx, owner);
        return ai.accounts.open(tx, { ...owner, id });
      });
      if (access === null) return { ok: false, says: "The key does not open any more. Give it anew." };
      const { tokens, effort } = reasoningByName({ kind: access.kind, wireName });
      const answer = await ai.connect(access, owner.tenantId === "").complete({
        ...{ model: wireName, form: null, maxOutputTokens: 16, byRules: () => "" },
        // Also of one whose name says nothing nobody knows that it does not think.
        reasoning: { effort, tokens: Math.max(tokens, leastToThink) },
        messages: [{ role: "user", text: "Answer with the word: ready" }],
        signal: AbortSignal.timeout(testTimeoutMs),
      });
      return saysOf(wireName, answer);
    },
  );
}

/** A word takes no model more than this, nearly always. */
const leastToThink = 1_000;

function saysOf(
  wireName: string,
  answer: Awaited<ReturnType<ModelProvider["complete"]>>,
): z.input<typeof TestedAiAccount> {
  if (!answer.ok) return { ok: false, says: `${wireName}: ${answer.error.message}` };
  if (answer.value.text.trim() !== "") return { ok: true, says: `${wireName} answered.` };
  return {
    ok: false,
    says: `${wireName} is reached and gave no answer. If it thinks first, say in its model with how many tokens.`,
  };
}

/** Until the transaction ends nobody else adds an account of this owner. */
async function lock(tx: Tx, { tenantId, userId }: Owner): Promise<void> {
  const name = `AI accounts of ${tenantId}/${userId ?? ""}`;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`);
}

async function accountOf({ deps }: Routes, tx: Tx, of: Owned): Promise<AiAccount> {
  const all = await deps.ai.accounts.list(tx, of);
  return found(
    all.find(({ id }) => id === of.id),
    "account",
  );
}

function shown({ kind, label, baseUrl, apiVersion }: AiAccount) {
  return { kind, label, baseUrl, apiVersion };
}

function subjectOf(id: string): string {
  return `ai-accounts/${id}`;
}
