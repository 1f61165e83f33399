import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { isOfOwnExchange } from "../../shared/calls/call.ts";
import { schema, type Tx } from "../database/index.ts";
import { addLeg, lineOf, type Leg, type Line, type LineCall } from "./line.ts";
import type { CarrierAccount } from "./port.ts";

/** A telephone may ring for three minutes (RFC 3261, timer C): whoever has said nothing of a call by then is not in it. */
export const ringsForMs = 200_000;

/** Calls of a company's own exchange run between it and a desk, which tells of them; the server steers none. */
export function runsThroughServer(account: Pick<CarrierAccount, "provider">): boolean {
  return !isOfOwnExchange(account);
}

/** Whether a tenant's desks call by way of its own exchange. */
export async function callsAtExchange(tx: Tx, tenantId: string): Promise<boolean> {
  return (await readExchange(tx, tenantId)) !== null;
}

/** By what its people's telephones are called at a tenant's own exchange; none where it has no exchange. */
export async function readExtensions(tx: Tx, tenantId: string): Promise<string[]> {
  const exchange = await readExchange(tx, tenantId);
  const read = WithExtensions.safeParse(exchange?.config);
  return read.success ? read.data.agents.map(({ username }) => username) : [];
}

const WithExtensions = z.object({ agents: z.array(z.object({ username: z.string() })) });

async function readExchange(tx: Tx, tenantId: string): Promise<{ config: unknown } | null> {
  const accounts = schema.telephonyAccounts;
  const { provider, config } = accounts;
  const inUse = and(eq(accounts.tenantId, tenantId), isNull(accounts.disabledAt));
  const [account] = await tx.select({ provider, config }).from(accounts).where(inUse).limit(1);
  return account !== undefined && isOfOwnExchange(account) ? account : null;
}

/**
 * What the server keeps of a call that a desk places at the exchange: who was permitted to, for the limits of the next
 * one. No line is open here: nobody would ever report its end, and it would be ended in the middle of the talk.
 */
export function permittedLine(call: LineCall, leg: Pick<Leg, "id" | "role"> & Partial<Leg>, now: Date): Line {
  const over = { ...leg, state: "ended" as const, wanted: false, endedAt: now };
  return addLeg(lineOf({ ...call, overAt: now }, []), over, now);
}
