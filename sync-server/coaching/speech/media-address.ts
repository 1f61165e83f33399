import { z } from "zod";
import type { Sealer } from "../../seal.ts";

export const mediaPath = "/api/v1/media";
/** Carriers open a stream when the call begins. */
const goodForMs = 24 * 3_600_000;

const Ticket = z.strictObject({ accountId: z.string(), legId: z.string(), until: z.int() });

type Account = { id: string; webhookUrl: string };

/**
 * Where a carrier sends what is said on a leg. The last part of the address is sealed with the server's own secret:
 * nobody can make one up, every node can read it, and nothing has to be remembered.
 */
export function createMediaAddresses(sealer: Pick<Sealer, "seal" | "open">, now: () => number) {
  return {
    write({ id, webhookUrl }: Account, legId: string): string {
      const ticket = { accountId: id, legId, until: now() + goodForMs };
      const sealed = sealer.seal(JSON.stringify(ticket), mediaPath);
      const url = new URL(`${mediaPath}/${Buffer.from(sealed, "base64").toString("base64url")}`, webhookUrl);
      return url.href.replace(/^http/u, "ws");
    },
    /** @returns null for what this server has not written, or too long ago */
    read(sealed: string): { accountId: string; legId: string } | null {
      try {
        const text = sealer.open(Buffer.from(sealed, "base64url").toString("base64"), mediaPath);
        const { accountId, legId, until } = Ticket.parse(JSON.parse(text));
        return until > now() ? { accountId, legId } : null;
      } catch {
        return null;
      }
    },
  };
}

export type MediaAddresses = ReturnType<typeof createMediaAddresses>;
