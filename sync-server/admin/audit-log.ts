import { sql } from "drizzle-orm";
import type { z } from "zod";
import { identified, Refused, requireStorable } from "../http/index.ts";
import { inTenant, isoText, rowsOf, type Tx } from "../database/index.ts";
import { nameSubjects } from "./audit-names.ts";
import { addRoute, admins, apiRoot, type Routes } from "./route.ts";
import { AuditEntries, AuditEntry, AuditFilter, AuditPage } from "./wire.ts";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { WireError } from "../../shared/sync/wire.ts";

type Entry = z.input<typeof AuditEntry>;
type Filter = z.output<typeof AuditFilter>;

const mostExported = 50_000;

export function addAuditRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path: "/audit", summary: "Who did what, newest first", roles: [...admins, "operator"], query: AuditPage, answer: AuditEntries }, // prettier-ignore
    async ({ tx, identity, query: { before, limit, ...filter } }) => {
      const entries = await readEntries(tx, identity.tenantId, filter, before ?? null, limit + 1);
      const page = entries.slice(0, limit);
      return { entries: page, next: entries.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  );
  addExport(routes);
}

function addExport({ app, deps, directory }: Routes): void {
  const roles = [...admins, "operator"] as const;
  directory.push({ method: "GET", path: "/audit.csv", roles });
  app.withTypeProvider<ZodTypeProvider>().get(
    `${apiRoot}/audit.csv`,
    {
      preHandler: requireStorable,
      schema: {
        tags: ["audit"],
        summary: `The same as a file, at most ${mostExported} lines`,
        description: `For ${roles.join(", ")}.`,
        security: [{ bearer: [] }],
        querystring: AuditFilter,
        response: { "4xx": WireError, "5xx": WireError },
      },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      if (!roles.some((role) => role === identity.role))
        throw new Refused("forbidden", "This needs the role admin.");
      const entries = await inTenant(deps.db, identity, (tx) =>
        readEntries(tx, identity.tenantId, request.query, null, mostExported),
      );
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="audit.csv"')
        .serializer((text: unknown) => String(text))
        .send(asCsv(entries) as never);
    },
  );
}

async function readEntries(
  tx: Tx,
  tenantId: string,
  {
    from = null,
    to = null,
    actorId = null,
    action = null,
    subject = null,
  }: { [K in keyof Filter]: Filter[K] | null },
  before: number | null,
  limit: number,
): Promise<Entry[]> {
  const entries = await rowsOf<Omit<Entry, "subjectName">>(
    tx,
    sql`SELECT a.id::float8 AS id, ${isoText(sql`a.at`)} AS at, a.actor_id AS "actorId", u.name AS "actorName", a.action,
               a.subject, a.details, a.ip
        FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id
        WHERE a.tenant_id = ${tenantId}
          AND (${before}::int8 IS NULL OR a.id < ${before})
          AND (${from}::timestamptz IS NULL OR a.at >= ${from})
          AND (${to}::timestamptz IS NULL OR a.at < ${to})
          AND (${actorId}::text IS NULL OR a.actor_id = ${actorId})
          AND (${action}::text IS NULL OR starts_with(a.action, ${action}))
          AND (${subject}::text IS NULL OR a.subject = ${subject})
        ORDER BY a.id DESC LIMIT ${limit}`,
  );
  const names = await nameSubjects(
    tx,
    entries.map((entry) => entry.subject),
  );
  return entries.map((entry) => ({ ...entry, subjectName: names.get(entry.subject) ?? null }));
}

const columns = ["at", "actorId", "actorName", "action", "subject", "subjectName", "details", "ip"] as const;

function asCsv(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => columns.map((column) => cell(entry[column])).join(","));
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

/** A spreadsheet runs what begins like a formula: an apostrophe makes it text. */
function cell(value: unknown): string {
  const text = value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
  const inert = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
