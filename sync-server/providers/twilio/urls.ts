import type { CarrierAccount } from "../../telephony/index.ts";

/** Where Twilio asks and reports; what we want to hear again stands in the query, which it signs. */
export function hookUrl(account: CarrierAccount, hook: string, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `${account.webhookUrl}/${hook}${text === "" ? "" : `?${text}`}`;
}
