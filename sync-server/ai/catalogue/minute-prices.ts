import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";

/**
 * What a minute of sound costs with a model, in millionths of a US dollar; 0 = nobody has said. The transaction is the
 * server's own.
 * @param today YYYY-MM-DD, in the organisation's calendar
 */
export async function readMinutePrice(tx: Tx, model: string, today: string): Promise<number> {
  const [row] = await rowsOf<{ minute: number }>(
    tx,
    sql`SELECT minute::float8 AS minute FROM ai_minute_prices
        WHERE tenant_id = '' AND model = ${model} AND from_day <= ${today}::date ORDER BY from_day DESC LIMIT 1`,
  );
  return row?.minute ?? 0;
}
