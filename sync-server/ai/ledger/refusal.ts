import type { AiFailure } from "../port.ts";
import type { Limit, Meets } from "./limits.ts";

/** What somebody is told whose request has no room, about the limit that stays full the longest. */
export function describeRefusal(
  met: readonly Meets[],
  full: readonly string[],
  timeZone: string,
): AiFailure & { until: string } {
  const [longest] = met
    .filter(({ limit }) => full.includes(limit.id))
    .toSorted((a, b) => b.endsMs - a.endsMs);
  if (!longest) throw new Error("nothing was full");
  const { limit, endsMs } = longest;
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone }).format(endsMs);
  const message = `${whose(limit)} for this ${limit.period} is used up. It begins anew on ${day}.`;
  return { code: "limited", message, until: new Date(endsMs).toISOString() };
}

function whose({ per, measure, byOperator }: Limit): string {
  const what = measure === "money" ? "AI budget" : "AI quota";
  if (per !== "organisation") return `Your ${what}`;
  return byOperator ? `Your organisation's ${what} on this server` : `Your organisation's ${what}`;
}
