import { sql, type SQL } from "drizzle-orm";
import { reasoningByName, reasoningOf } from "../../../shared/ai/reasoning.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { inSystem, rowsOf, type Database, type Tx } from "../../database/index.ts";
import type { AiAccountRecords, SealedAccount } from "../accounts/index.ts";
import type { Catalogue, ModelRoute, Wish } from "../parts-port.ts";
import type { ModelProvider, ProviderAccess } from "../provider-port.ts";
import { readOffers, type Offer } from "./read-offers.ts";
import { openRemembered, type Remembered } from "./remember.ts";

/** Speaks to an account with a provider. `byOperator` false: the address was named by a tenant. */
export type Connect = (access: ProviderAccess, byOperator: boolean) => ModelProvider;

export type CatalogueDeps = {
  db: Database;
  clock: Clock;
  accounts: AiAccountRecords;
  connect: Connect;
  /** A model of the operator's that stands in the server's settings (AI_BASE_URL, AI_MODEL) and needs no row. */
  environment: { baseUrl: string; apiKey: string; model: string; price: ModelRoute["price"] | null } | null;
  log: { warn(facts: object, text: string): void };
};

/** The id, in place of a row's, of the model that the server's settings name. */
export const environmentModel = "environment";
/** The same of what listens to calls (SPEECH_PROVIDER). */
export const listeningModel = "environment-speech";

/**
 * Models by asker, remembered for seconds and forgotten at once when a row changes, also on another node.
 * @returns `onChange` tells of that (plans and industries are not told of); `stop` ends listening
 */
export async function createCatalogue(
  deps: CatalogueDeps,
): Promise<Catalogue & Pick<Remembered<unknown>, "onChange" | "stop">> {
  const { db, clock } = deps;
  const connections = openConnections(deps);
  const ofEnvironment = environmentRoute(deps);
  const remembered = await openRemembered({ db, clock }, (tenantId) =>
    inSystem(db, async (tx) => {
      const offers = await readOffers(tx, tenantId, dayOf(clock.now(), await readTimeZone(tx, tenantId)));
      connections.forgetOthers(tenantId, await readAccountIds(tx, tenantId));
      return offers.flatMap((offer) => {
        const provider = connections.of(offer.account);
        return provider ? [{ offer, route: routeOf(offer, provider) }] : [];
      });
    }),
  );
  return {
    async routesOf(wish) {
      const known = await remembered.get(wish.tenantId);
      const routes = known.flatMap(({ offer, route }) => (suits(offer, wish, clock.now()) ? [route] : []));
      return ofEnvironment ? [...routes, ...ofEnvironment(wish)] : routes;
    },
    onChange: remembered.onChange,
    stop: remembered.stop,
  };
}

function suits({ role, userId, features, endsAtMs }: Offer, wish: Wish, nowMs: number): boolean {
  return (
    role === wish.role &&
    (userId === null || userId === wish.userId) &&
    (features.length === 0 || features.includes(wish.feature)) &&
    (endsAtMs === null || endsAtMs > nowMs)
  );
}

function routeOf(offer: Offer, provider: ModelProvider): ModelRoute {
  const { id, label, role, wireName, contextTokens, maxOutputTokens, systemMessage, price, account } = offer;
  const reasoning = reasoningOf({ kind: provider.kind, wireName }, offer);
  return {
    ...{ modelId: id, label, role, provider, wireName, contextTokens, maxOutputTokens, reasoning },
    ...{ systemMessage, price },
    account: `${account.tenantId}/${account.id}`,
  };
}

/** Of an organisation and of the operator, as they are named below. */
async function readAccountIds(tx: Tx, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ key: string }>(
    tx,
    sql`SELECT tenant_id || '/' || id AS key FROM ai_accounts WHERE tenant_id IN ('', ${tenantId})`,
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * One client for each account, as long as there is one and its address and key stay what they are. Its connections
 * close by themselves once nobody asks through them.
 */
function openConnections({ accounts, connect, log }: CatalogueDeps) {
  const open = new Map<string, { of: string; provider: ModelProvider | null }>();
  return {
    /** Lets go of clients, and the keys that they hold, of accounts that were removed. */
    forgetOthers(tenantId: string, known: ReadonlySet<string>): void {
      for (const key of open.keys())
        if ((key.startsWith(`${tenantId}/`) || key.startsWith("/")) && !known.has(key)) open.delete(key);
    },
    /** Null = its key was sealed under another secret of the server, or is damaged. */
    of(account: SealedAccount): ModelProvider | null {
      const key = `${account.tenantId}/${account.id}`;
      const of = JSON.stringify(account);
      const known = open.get(key);
      if (known?.of === of) return known.provider;
      const access = accounts.openRow(account);
      if (access === null) log.warn({ account: key }, "a provider's key does not open: it must be given anew"); // prettier-ignore
      const provider = access && connect(access, account.tenantId === "");
      open.set(key, { of, provider });
      return provider;
    },
  };
}

/** What models of today take in at once; nobody said it of this one. */
const usualContextTokens = 128_000;
const usualOutputTokens = 16_000;

function environmentRoute({ environment, connect }: CatalogueDeps) {
  if (environment === null) return null;
  const { baseUrl, apiKey, model, price } = environment;
  // Other servers of its form know less than OpenAI's own, which takes the old words for it no more.
  const kind = new URL(baseUrl).hostname === "api.openai.com" ? "openai" : "compatible";
  const provider = connect({ kind, baseUrl, apiKey, apiVersion: null }, true);
  const reasoning = reasoningByName({ kind, wireName: model });
  return ({ role }: Wish): ModelRoute[] =>
    role === "small" || role === "large"
      ? [
          {
            ...{ modelId: environmentModel, label: model, role, provider, account: environmentModel },
            ...{ wireName: model, contextTokens: usualContextTokens, maxOutputTokens: usualOutputTokens },
            ...{ reasoning, systemMessage: "", price: price ?? { input: 0, output: 0 } },
          },
        ]
      : [];
}

export async function readTimeZone(tx: Tx, tenantId: string): Promise<string> {
  const [row] = await rowsOf<{ zone: string }>(tx, sql`SELECT ${timeZoneOf(sql`${tenantId}`)} AS zone`);
  return row?.zone ?? "UTC";
}

/** Of a tenant that has said none: UTC. */
export function timeZoneOf(tenantId: SQL): SQL {
  return sql`coalesce((SELECT nullif(s.doc->>'timeZone', '') FROM settings s
    WHERE s.tenant_id = ${tenantId} AND s.id = 'business' AND NOT s.deleted), 'UTC')`;
}
