import { sql } from "drizzle-orm";

/**
 * ORDER BY of entries `e` of one list that may be called: the higher priority, a time that was promised, whoever has
 * waited longest since they could be called.
 */
export const inTurn = sql`e.priority DESC, (e.because = 'asked') DESC, coalesce(e.not_before, e.added_at), e.added_at, e.id`;
