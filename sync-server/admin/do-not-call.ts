import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { normalisePhone, phoneProblems } from "../../shared/phone/normalise-phone.ts";
import { isoText, rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { readCountry } from "./business.ts";
import { addRoute, admins, found, managers, type Routes } from "./route.ts";
import {
  DoNotCallEntry,
  DoNotCallImport,
  DoNotCallImported,
  DoNotCallList,
  DoNotCallQuery,
  NewDoNotCall,
  NumberParam,
} from "./wire.ts";

const path = "/do-not-call";
const { doNotCall } = schema;
type Entry = z.input<typeof DoNotCallEntry>;
type New = typeof doNotCall.$inferInsert;

/** Numbers that nobody of the tenant may call, whoever's they are; dials are judged by them (telephony/dial.ts). */
export function addDoNotCallRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path, summary: "Numbers that must not be called, in order", roles: managers, query: DoNotCallQuery, answer: DoNotCallList }, // prettier-ignore
    async ({ tx, identity, query: { search = "", after = null, limit } }) => {
      const { entries, total } = await readPage(tx, identity.tenantId, search, after, limit + 1);
      const page = entries.slice(0, limit);
      return { entries: page, total, next: entries.length > limit ? (page.at(-1)?.number ?? null) : null };
    },
  );
  addRoute(
    routes,
    { method: "POST", path, summary: "Call a number no more", roles: managers, body: NewDoNotCall, answer: DoNotCallEntry, status: 201 }, // prettier-ignore
    async ({ tx, identity: { tenantId, userId }, body, now, note }) => {
      const number = normalisePhone(body.number, await readCountry(tx, tenantId));
      if (!number.ok) throw new Refused("bad-request", `${phoneProblems[number.problem]}.`);
      const { e164 } = number;
      const added = await add(tx, [{ tenantId, number: e164, reason: body.reason, byId: userId, at: new Date(now) }]); // prettier-ignore
      if (added.length === 0) throw new Refused("conflict", `${e164} stands in the list already.`);
      await note("do-not-call.add", `do-not-call/${e164}`, { reason: body.reason });
      return entryOf(tx, tenantId, e164);
    },
  );
  addRoute(
    routes,
    { method: "POST", path: `${path}/import`, summary: "Call many numbers no more, one a line", roles: admins, body: DoNotCallImport, answer: DoNotCallImported }, // prettier-ignore
    async ({ tx, identity: { tenantId, userId }, body, now, note }) => {
      const { numbers, refused } = readLines(body.text, body.reason, await readCountry(tx, tenantId));
      const fresh = [...new Map(numbers.map((one) => [one.number, one])).values()];
      const added = await add(
        tx,
        fresh.map((one) => ({ ...one, tenantId, byId: userId, at: new Date(now) })),
      );
      const known = numbers.length - added.length;
      await note("do-not-call.import", "do-not-call", { added: added.length, known, refused: refused.length, numbers: added.slice(0, 1_000) }); // prettier-ignore
      return { added: added.length, known, refused };
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: `${path}/:number`, summary: "Allow calls to a number again", roles: admins, params: NumberParam, answer: null }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { number }, note }) => {
      const before = await entryOf(tx, tenantId, number);
      await tx.delete(doNotCall).where(and(eq(doNotCall.tenantId, tenantId), eq(doNotCall.number, number)));
      await note("do-not-call.remove", `do-not-call/${number}`, { before });
    },
  );
}

async function readPage(tx: Tx, tenantId: string, search: string, after: string | null, limit: number) {
  // Digits are looked for in the number however they were grouped.
  const digits = search.replaceAll(/\D/gu, "");
  const text = search.toLowerCase();
  const fits = sql`d.tenant_id = ${tenantId} AND (${search} = ''
    OR strpos(lower(d.reason), ${text}) > 0 OR (${digits} <> '' AND strpos(d.number, ${digits}) > 0))`;
  const entries = await rowsOf<Entry>(
    tx,
    sql`SELECT d.number, d.reason, coalesce(u.name, '') AS "byName", ${isoText(sql`d.at`)} AS at
        FROM do_not_call d LEFT JOIN users u ON u.id = d.by_id
        WHERE ${fits} AND (${after}::text IS NULL OR d.number > ${after}) ORDER BY d.number LIMIT ${limit}`,
  );
  const [count] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM do_not_call d WHERE ${fits}`,
  );
  return { entries, total: count?.n ?? 0 };
}

async function entryOf(tx: Tx, tenantId: string, number: string): Promise<Entry> {
  const { entries } = await readPage(tx, tenantId, number, null, 100);
  return found(
    entries.find((entry) => entry.number === number),
    "number in the list",
  );
}

/** @returns the numbers that were not there before */
async function add(tx: Tx, entries: readonly New[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const rows = sql.param(JSON.stringify(entries));
  const added = await rowsOf<{ number: string }>(
    tx,
    sql`INSERT INTO do_not_call (tenant_id, number, reason, by_id, at)
        SELECT "tenantId", number, reason, "byId", at
        FROM jsonb_to_recordset(${rows}::jsonb) AS given("tenantId" text, number text, reason text, "byId" text, at timestamptz)
        ON CONFLICT DO NOTHING RETURNING number`,
  );
  return added.map(({ number }) => number);
}

type Lines = {
  numbers: { number: string; reason: string }[];
  refused: z.input<typeof DoNotCallImported>["refused"];
};
const mostRefused = 500;

function readLines(text: string, reason: string, country: string): Lines {
  const lines: Lines = { numbers: [], refused: [] };
  for (const [index, line] of text.split(/\r\n?|\n/u).entries()) {
    const [typed = "", ...words] = line.split(/[,;\t]/u).map((part) => part.trim().replaceAll(/^"|"$/gu, ""));
    if (typed === "") continue;
    const number = normalisePhone(typed, country);
    const said = words.filter(Boolean).join(", ").slice(0, 200);
    if (number.ok) lines.numbers.push({ number: number.e164, reason: said || reason });
    else if (lines.refused.length < mostRefused)
      lines.refused.push({
        line: index + 1,
        text: typed.slice(0, 100),
        why: `${phoneProblems[number.problem]}.`,
      });
  }
  return lines;
}
