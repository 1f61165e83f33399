import { sql } from "drizzle-orm";
import type { CapRule, DialRules } from "../../shared/calls/compliance/dial-rules.ts";
import { defaultRules } from "../../shared/calls/compliance/default-rules.ts";
import { locateUs } from "../../shared/calls/compliance/locate-person.ts";
import { windowsInForce } from "../../shared/calls/compliance/own-hours.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { PhoneRules } from "../../shared/entities/setting.ts";
import { rowsOf, type Tx } from "../database/index.ts";

export type PhonePolicy = typeof usualPhoneRules;

/** What a tenant has decided about its calls; what it has not decided is ours. */
export async function readPhonePolicy(tx: Tx, tenantId: string): Promise<PhonePolicy> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = 'phone-rules' AND NOT deleted`,
  );
  return row ? PhoneRules.parse(row.doc) : usualPhoneRules;
}

/**
 * The rules of dialling that follow: the tenant's hours take the place of ours, its caps are added to the law's.
 * @param country ISO 3166, of the office
 * @param number ours in the call, for what has to be said of its recording; empty where no call is made
 */
export function dialRulesOf(
  { recording, windows, maxPerDay, maxPerWeek }: PhonePolicy,
  country: string,
  number = "",
): DialRules {
  const usual = defaultRules(locateUs(country, number));
  return {
    ...usual,
    windows: windowsInForce(windows),
    caps: [...usual.caps, ...capOf(maxPerDay, 24), ...capOf(maxPerWeek, 24 * 7)],
    records: recording,
  };
}

function capOf(max: number | null, withinHours: number): CapRule[] {
  return max === null ? [] : [{ where: "*", max, withinHours, source: "your organisation's own rule" }];
}
