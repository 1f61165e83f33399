import type { Clock } from "../../shared/result/ports.ts";
import type { Database, Tx } from "../database/index.ts";
import type { BetterAuth } from "./better-auth.ts";
import type { Throttle } from "./throttle.ts";

/**
 * What leaves by mail where there is mail. Elsewhere whoever runs the server hands over what somebody waits for
 * (`WayIn`); a notice stands in the console, and is not written down for anybody.
 */
export type Letter = WayIn | Notice;

type Posted = {
  to: string;
  link: string;
  /** Of a notice: what it tells is no news any more. */
  expiresAt: Date;
  /** In whose name; null = somebody who belongs nowhere any more, or an operator. */
  tenant: { id: string; name: string } | null;
};

/** Its link opens an account. */
export type WayIn = Posted & {
  kind: "invitation" | "password-reset";
  /** Who invites. */
  by: string | null;
};

/** What somebody should look at; its link opens the console. */
export type Notice = Posted & {
  /** `key-passed-over`: it is refused, and other models answer whatever it was asked. */
  kind: "unusual-use" | "key-refused" | "key-passed-over";
  /** Sentences. */
  says: readonly string[];
};

export type Letters = {
  /** False: they wait in a file for somebody who carries them. */
  areMailed: boolean;
  /** Part of the transaction that causes it: neither happens without the other. */
  send(tx: Tx, letter: Letter): Promise<void>;
};

export type AuthDeps = {
  db: Database;
  clock: Clock;
  /** Signs tokens and encrypts second factors; the same on every node. */
  secret: string;
  auth: BetterAuth;
  throttle: Throttle;
  letters: Letters;
  /** Where people open the console, without a slash at the end: links begin with it. */
  publicUrl: () => string;
};

/** Where a request comes from. */
export type Origin = { ip: string; userAgent: string };
