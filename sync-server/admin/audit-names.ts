import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";

/** Where the names of what the audit log is about stand, by the beginning of a subject. */
const sources: Record<string, SQL> = {
  "users/": sql`SELECT id, name FROM users`,
  "teams/": sql`SELECT id, name FROM teams`,
  "devices/": sql`SELECT id, name FROM devices`,
  "invitations/": sql`SELECT id, email AS name FROM invitations`,
  "identity-providers/": sql`SELECT id, name FROM identity_providers`,
  "tenants/": sql`SELECT id, name FROM tenants`,
  "bots/": sql`SELECT id, config->>'name' AS name FROM bots`,
  "ai-accounts/": sql`SELECT id, label AS name FROM ai_accounts`,
  "ai-models/": sql`SELECT id, label AS name FROM ai_models`,
  "telephony/accounts/": sql`SELECT id, label AS name FROM telephony_accounts`,
  "recording-imports/": sql`SELECT id, source AS name FROM recording_imports`,
  "settings/": sql`SELECT id, coalesce(doc->>'label', doc->>'name') AS name FROM settings WHERE NOT deleted`,
  "calls/": sql`SELECT c.id, d.doc->>'name' AS name FROM calls c
    JOIN leads d ON d.tenant_id = c.tenant_id AND d.id = c.parent_id AND NOT d.deleted WHERE NOT c.deleted`,
};

/** What subjects are called now. Those that are gone, or have no name, are left out. */
export async function nameSubjects(tx: Tx, subjects: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [kind, source] of Object.entries(sources)) {
    const ids = new Set(subjects.filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length)));
    if (ids.size === 0) continue;
    const rows = await rowsOf<{ id: string; name: string | null }>(
      tx,
      sql`SELECT id, name FROM (${source}) named WHERE id = ANY(${sql.param([...ids])}::text[])`,
    );
    for (const { id, name } of rows) if (name) names.set(`${kind}${id}`, name);
  }
  return names;
}
