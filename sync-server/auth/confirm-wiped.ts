import { sql } from "drizzle-orm";
import type { IncomingHttpHeaders } from "node:http";
import { inSystem } from "../database/index.ts";
import type { AuthDeps } from "./deps.ts";
import { tokenOf } from "./identify.ts";
import { hashOf, readToken } from "./session-token.ts";

/**
 * [SES-3] A desk says that nothing is left on its device, by the token that it had there. A token that is nobody's, or of
 * a device that nobody wanted wiped, says nothing.
 */
export async function confirmWiped(
  { db, clock, secret }: Pick<AuthDeps, "db" | "clock"> & { secret: string },
  headers: IncomingHttpHeaders,
): Promise<void> {
  const token = tokenOf(headers);
  const sessionText = token === null ? null : readToken(token, secret);
  if (sessionText === null) return;
  const now = new Date(clock.now()).toISOString();
  await inSystem(db, (tx) =>
    tx.execute(
      sql`UPDATE devices SET wiped_at = COALESCE(wiped_at, ${now}::timestamptz)
          WHERE token_hash = ${hashOf(sessionText)} AND wipe_requested_at IS NOT NULL`,
    ),
  );
}
