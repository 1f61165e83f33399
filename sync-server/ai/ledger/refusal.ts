import type { NoRoom } from "../parts-port.ts";
import type { Limit, Met } from "./limits.ts";

/** What somebody is told whose request has no room, about the limit that stays full the longest. */
export function describeRefusal(met: readonly Met[], full: readonly string[], timeZone: string): NoRoom {
  const [longest] = met
    .filter(({ limit }) => full.includes(limit.id))
    .toSorted((a, b) => b.endsMs - a.endsMs);
  if (!longest) throw new Error("nothing was full");
  const { limit, endsMs } = longest;
  const message = `${whose(limit)} for this ${limit.period} is used up. It begins anew ${sayWhen(limit, endsMs, timeZone)}.`;
  return { code: "limited", message, until: new Date(endsMs).toISOString() };
}

function sayWhen({ period }: Limit, endsMs: number, timeZone: string): string {
  const [at, form] =
    period === "minute"
      ? (["at", { hour: "2-digit", minute: "2-digit" }] as const)
      : (["on", { day: "numeric", month: "long" }] as const);
  return `${at} ${new Intl.DateTimeFormat("en-GB", { ...form, timeZone }).format(endsMs)}`;
}

function whose({ per, measure, byOperator }: Limit): string {
  const what = measure === "money" ? "AI budget" : "AI quota";
  if (per !== "organisation") return `Your ${what}`;
  return byOperator ? `Your organisation's ${what} on this server` : `Your organisation's ${what}`;
}
