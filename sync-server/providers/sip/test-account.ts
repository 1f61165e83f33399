import { err, ok } from "../../../shared/result/result.ts";
import type { Answered, CarrierAccount } from "../../telephony/index.ts";
import { passwordOf, type SipConfig, type SipCredentials } from "./account.ts";
import { NoExchange, openExchange, type Exchange, type Reply } from "./exchange.ts";

/** Of the whole test: somebody looks at a button meanwhile. */
const timeoutMs = 8_000;
/** After so long no further sign-in is begun, so that those that are under way can be told of. */
const startWithinMs = 6_000;
const atOnce = 8;
const mostNamed = 5;
/** More of them tell nothing new, and exchanges lock out who is wrong too often. */
const mostRefused = 10;

type Extension = { username: string; password: string };

/** Asks the exchange whether it takes everybody's password. Changes nothing there: nobody's desk stops ringing. */
export async function testAccount(
  { config, credentials }: CarrierAccount,
  mayReachInside: boolean,
): Answered<{ name: string }> {
  const { server, domain, agents } = config as SipConfig;
  const known = agents.flatMap(({ userId, username }) => {
    const password = passwordOf(credentials as SipCredentials, userId);
    return password === null ? [] : [{ username, password }];
  });
  try {
    const exchange = await openExchange(server, { mayReachInside, signal: AbortSignal.timeout(timeoutMs) });
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

/** Hundreds of people, one after the other, would take longer than anybody waits; all at once is an attack. */
async function signInAll(
  exchange: Exchange,
  domain: string,
  known: readonly Extension[],
): Answered<{ name: string }> {
  const refused: string[] = [];
  const waiting = [...known];
  const tried: Extension[] = [];
  const until = Date.now() + startWithinMs;
  let busy: Reply | null = null;
  const signIn = async () => {
    while (busy === null && refused.length < mostRefused && Date.now() < until) {
      const one = waiting.shift();
      if (!one) return;
      const reply = await exchange.signIn(domain, one.username, one.password);
      tried.push(one);
      const trouble = troubleOf(reply);
      if (trouble === "busy") busy = reply;
      else if (trouble !== null) refused.push(`${one.username}: ${trouble}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, signIn));
  if (busy !== null) return err({ why: "unreachable", message: `${domain} answers ${sayReply(busy)}.` });
  if (refused.length > 0) return err({ why: "refused", message: nameSome(refused, waiting.length > 0) });
  return ok({ name: `${domain} with ${countOf(tried.length, known.length)}` });
}

function nameSome(refused: readonly string[], isCutShort: boolean): string {
  const named = refused.toSorted().slice(0, mostNamed).join(", ");
  const others = refused.length - mostNamed;
  if (others <= 0) return named;
  return isCutShort ? `${named} and others: the test was stopped` : `${named} and ${others} more`;
}

function countOf(tried: number, known: number): string {
  if (tried < known) return `${tried} of ${known} extensions; there was no time for the others`;
  return `${known} extension${known === 1 ? "" : "s"}`;
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
