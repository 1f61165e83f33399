import { err, ok } from "../../../shared/result/result.ts";
import type { Answered, CarrierAccount } from "../../telephony/index.ts";
import { passwordOf, type SipConfig, type SipCredentials } from "./account.ts";
import { NoExchange, openExchange, type Exchange, type Reply } from "./exchange.ts";

/** Of the whole test: somebody looks at a button meanwhile. */
const timeoutMs = 8_000;
const mostNamed = 5;

/** Asks the exchange whether it takes everybody's password. Changes nothing there: nobody's desk stops ringing. */
export async function testAccount({ config, credentials }: CarrierAccount): Answered<{ name: string }> {
  const { server, domain, agents } = config as SipConfig;
  const known = agents.flatMap(({ userId, username }) => {
    const password = passwordOf(credentials as SipCredentials, userId);
    return password === null ? [] : [{ username, password }];
  });
  try {
    const exchange = await openExchange(server, AbortSignal.timeout(timeoutMs));
    try {
      return known.length === 0 ? await askOnly(exchange, domain) : await signInAll(exchange, domain, known);
    } finally {
      exchange.close();
    }
  } catch (error) {
    if (error instanceof NoExchange) return err({ why: "unreachable", message: error.message });
    throw error;
  }
}

async function askOnly(exchange: Exchange, domain: string): Answered<{ name: string }> {
  await exchange.ask(domain);
  return ok({ name: `${domain} (nobody has a password here yet)` });
}

async function signInAll(
  exchange: Exchange,
  domain: string,
  known: readonly { username: string; password: string }[],
): Answered<{ name: string }> {
  const refused: string[] = [];
  for (const { username, password } of known) {
    const reply = await exchange.signIn(domain, username, password);
    const trouble = troubleOf(reply);
    if (trouble === "busy")
      return err({ why: "unreachable", message: `${domain} answers ${sayReply(reply)}.` });
    if (trouble !== null) refused.push(`${username}: ${trouble}`);
  }
  if (refused.length === 0) return ok({ name: `${domain} with ${known.length} extension${known.length === 1 ? "" : "s"}` }); // prettier-ignore
  const more = refused.length > mostNamed ? ` and ${refused.length - mostNamed} more` : "";
  return err({ why: "refused", message: `${refused.slice(0, mostNamed).join(", ")}${more}` });
}

/** Null: they may register. */
function troubleOf(reply: Reply): string | null {
  if (reply === "needs-another-sign-in") return "wants a sign-in that Ringside does not know";
  if (reply.status < 300) return null;
  return reply.status === 408 || reply.status >= 500 ? "busy" : sayReply(reply);
}

function sayReply(reply: Reply): string {
  return reply === "needs-another-sign-in" ? reply : `${reply.status} ${reply.reason}`;
}
