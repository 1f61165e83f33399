import { and, asc, eq, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import type { Sealer } from "../../seal.ts";
import type { OpenIdProvider } from "./openid.ts";

const { identityProviders, identityProviderDomains, identityLinks } = schema;
type Row = typeof identityProviders.$inferSelect;
export type JoinsAs = Row["joinsAs"];

/** A provider as an admin may see it. */
export type ProviderRecord = {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  /** `lost`: sealed under another secret of the server; it must be given anew. */
  secret: "kept" | "none" | "lost";
  domains: string[];
  joinsAs: JoinsAs;
  enabled: boolean;
  /** How many people are known by it. */
  people: number;
};

type Changeable = Pick<ProviderRecord, "name" | "issuer" | "clientId" | "joinsAs" | "enabled" | "domains">;
export type ProviderChange = { [Part in keyof Changeable]?: Changeable[Part] | undefined };

type Named = { tenantId: string; id: string };

/** A tenant's providers as they are kept. Secrets go in, and come out for the protocol alone. */
export type ProviderRecords = {
  list(tx: Tx, tenantId: string): Promise<ProviderRecord[]>;
  create(tx: Tx, given: Named & { name: string; issuer: string; now: Date }): Promise<void>;
  /** @returns the domains that another provider of this server has; then the transaction must not be kept */
  change(tx: Tx, of: Named, change: ProviderChange): Promise<string[]>;
  /** Null takes the secret away. */
  keepSecret(tx: Tx, of: Named, secret: string | null): Promise<void>;
  remove(tx: Tx, of: Named): Promise<void>;
  /** Everybody is known by their address again when they come next. @returns how many were */
  forgetPeople(tx: Tx, of: Named): Promise<number>;
  /** For the protocol; null = there is none of this id, or its secret does not open any more. */
  open(tx: Tx, id: string): Promise<OpenProvider | null>;
};

export type OpenProvider = OpenIdProvider & {
  tenantId: string;
  tenantName: string;
  id: string;
  domains: string[];
  joinsAs: JoinsAs;
  /** People may use it: switched on, of an organisation that is not suspended. */
  usable: boolean;
};

export function openProviderRecords(sealer: Sealer): ProviderRecords {
  const secretOf = (row: Row): ProviderRecord["secret"] => {
    if (row.clientSecret === null) return "none";
    return row.keyId === sealer.keyId ? "kept" : "lost";
  };
  return {
    async list(tx, tenantId) {
      const rows = await tx
        .select({ row: identityProviders, domains: domainsOf(), people: peopleOf() })
        .from(identityProviders)
        .where(eq(identityProviders.tenantId, tenantId))
        .orderBy(asc(identityProviders.createdAt), asc(identityProviders.id));
      return rows.map(({ row, domains, people }) => {
        const { id, name, issuer, clientId, joinsAs, enabled } = row;
        return { id, name, issuer, clientId, secret: secretOf(row), domains, joinsAs, enabled, people };
      });
    },
    async create(tx, { now, ...given }) {
      await tx.insert(identityProviders).values({ ...given, createdAt: now });
    },
    async change(tx, of, { domains, ...rest }) {
      const taken = domains === undefined ? [] : await setDomains(tx, of, domains);
      const secret = rest.issuer === undefined ? {} : secretFor(rest.issuer);
      if (taken.length === 0 && Object.keys(rest).length > 0)
        await tx
          .update(identityProviders)
          .set({ ...rest, ...secret })
          .where(own(of));
      return taken;
    },
    async keepSecret(tx, of, secret) {
      const kept = {
        clientSecret: secret && sealer.seal(secret, aboutOf(of)),
        keyId: secret && sealer.keyId,
      };
      await tx.update(identityProviders).set(kept).where(own(of));
    },
    async remove(tx, of) {
      await tx.delete(identityProviderDomains).where(domainsIn(of));
      await tx.delete(identityProviders).where(own(of));
    },
    async forgetPeople(tx, of) {
      const issuer = sql`(SELECT issuer FROM identity_providers WHERE tenant_id = ${of.tenantId} AND id = ${of.id})`;
      const theirs = sql`${bare(identityLinks.issuer)} = ${bare(issuer)}`;
      const gone = await tx
        .delete(identityLinks)
        .where(and(eq(identityLinks.tenantId, of.tenantId), theirs))
        .returning({ userId: identityLinks.userId });
      return gone.length;
    },
    async open(tx, id) {
      const { tenants } = schema;
      const [found] = await tx
        .select({ row: identityProviders, tenant: tenants, domains: domainsOf() })
        .from(identityProviders)
        .innerJoin(tenants, eq(tenants.id, identityProviders.tenantId))
        .where(eq(identityProviders.id, id));
      if (found === undefined || secretOf(found.row) === "lost") return null;
      const { row, tenant, domains } = found;
      const { clientSecret, name, issuer, clientId, tenantId, joinsAs } = row;
      return {
        ...{ id, tenantId, tenantName: tenant.name, name, issuer, clientId, domains, joinsAs },
        clientSecret: clientSecret === null ? null : sealer.open(clientSecret, aboutOf(row)),
        usable: row.enabled && tenant.suspendedAt === null,
      };
    },
  };
}

/** A secret is for the server that it was given for: another one would be told it. */
function secretFor(issuer: string) {
  const { clientSecret, keyId, issuer: before } = identityProviders;
  const isSame = sql`${serverOf(before)} = ${serverOf(sql`${issuer}::text`)}`;
  return {
    clientSecret: sql`CASE WHEN ${isSame} THEN ${clientSecret} END`,
    keyId: sql`CASE WHEN ${isSame} THEN ${keyId} END`,
  };
}

/** `https://id.example:8443` of `https://id.example:8443/realms/northgate` */
function serverOf(issuer: SQLWrapper): SQL {
  return sql`substring(${issuer} from '^[^/]+//[^/]+')`;
}

// In a select from one table Drizzle leaves out whose a column is, and the subquery would take it for its own.

function domainsOf() {
  return sql<string[]>`ARRAY(SELECT d.domain FROM identity_provider_domains d
    WHERE d.tenant_id = identity_providers.tenant_id AND d.provider_id = identity_providers.id ORDER BY d.domain)`;
}

function peopleOf() {
  return sql<number>`(SELECT count(*)::int FROM identity_links l WHERE l.tenant_id = identity_providers.tenant_id
    AND ${bare(sql`l.issuer`)} = ${bare(sql`identity_providers.issuer`)})`;
}

/** An issuer may be entered with a slash at its end, or without the one that its proofs have. */
function bare(issuer: SQLWrapper): SQL {
  return sql`rtrim(${issuer}, '/')`;
}

/** What belongs to it: sealed text does not open in another place. */
function aboutOf({ tenantId, id }: Named): string {
  return `identity_providers/${tenantId}/${id}`;
}

function own({ tenantId, id }: Named) {
  return and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.id, id));
}

function domainsIn({ tenantId, id }: Named) {
  return and(eq(identityProviderDomains.tenantId, tenantId), eq(identityProviderDomains.providerId, id));
}

/** One that another tenant has is not seen here: only the index that spans all tenants knows. */
async function setDomains(tx: Tx, of: Named, domains: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(domains)];
  await tx.delete(identityProviderDomains).where(domainsIn(of));
  const taken = await rowsOf<{ domain: string }>(
    tx,
    sql`INSERT INTO identity_provider_domains (tenant_id, provider_id, domain)
        SELECT ${of.tenantId}, ${of.id}, domain FROM unnest(${sql.param(wanted)}::text[]) AS domain
        ON CONFLICT DO NOTHING RETURNING domain`,
  );
  const ours = new Set(taken.map(({ domain }) => domain));
  return wanted.filter((domain) => !ours.has(domain));
}
