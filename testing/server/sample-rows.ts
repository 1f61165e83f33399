import { is, sql, type SQL } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { rowsOf, schema, type Database } from "../../sync-server/database/index.ts";

export type Column = { table: string; column: string; type: string; filled: boolean; identity: boolean };

/** Every column of the schema as it really is; `filled` = it may be left out of a row. */
export function readColumns(db: Database): Promise<Column[]> {
  return rowsOf<Column>(
    db.owner,
    sql`SELECT c.table_name::text AS "table", c.column_name::text AS "column", c.data_type::text AS type,
               (c.is_nullable = 'YES' OR c.column_default IS NOT NULL) AND c.column_name NOT IN ('tenant_id')
               AND NOT (c.table_name = 'tenants' AND c.column_name = 'id') AS filled,
               c.is_identity = 'YES' AS identity
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        ORDER BY 1, c.ordinal_position`,
  );
}

export function tenantColumn(table: string): string {
  return table === "tenants" ? "id" : "tenant_id";
}

export function isTenantKey({ table, column }: Column): boolean {
  return column === tenantColumn(table);
}

/**
 * A row that the table takes, with no more than it must have.
 * @param columns all of one table
 * @param value stands wherever any text will do
 * @param own by column; instead of what would stand there
 */
export function insertOf(
  columns: readonly Column[],
  tenantId: string,
  value: string,
  own: Readonly<Record<string, SQL>> = {},
): SQL {
  const table = columns[0]?.table ?? "";
  const wanted = columns.filter(
    ({ column, filled, identity }) => own[column] !== undefined || (!filled && !identity),
  );
  const values = wanted.map(
    (column) => own[column.column] ?? (isTenantKey(column) ? sql`${tenantId}` : sampleOf(column, value)),
  );
  const names = wanted.map(({ column }) => sql.identifier(column));
  return sql`INSERT INTO ${sql.identifier(table)} (${sql.join(names, sql`, `)}) VALUES (${sql.join(values, sql`, `)})`;
}

/** So late that nothing expires, and no chore finds it. */
export const late = "2099-01-01";

function sampleOf({ table, column, type }: Column, text: string): SQL {
  const [choice] = choicesOf.get(`${table}.${column}`) ?? [];
  if (type === "text" || type === "character varying") return sql`${choice ?? text}`;
  if (type === "jsonb" || type === "json") return sql`'{}'`;
  if (type === "ARRAY") return sql`'{}'`;
  if (type === "boolean") return sql`false`;
  if (type === "bytea") return sql`'\\x00'::bytea`;
  if (type === "uuid") return sql`gen_random_uuid()`;
  if (type.startsWith("timestamp") || type === "date") return sql`${late}`;
  return sql`1`;
}

/** What a column may say, by `table.column`, where it may not say anything. */
const choicesOf = new Map(
  Object.values<unknown>(schema)
    .filter((value) => is(value, PgTable))
    .map((table) => getTableConfig(table))
    .flatMap(({ name, columns }) =>
      columns.map((column) => [`${name}.${column.name}`, column.enumValues ?? []] as const),
    ),
);
