import type { Clock } from "../../shared/result/ports.ts";
import type { Database, Tx } from "../database/index.ts";
import type { BetterAuth } from "./better-auth.ts";
import type { Throttle } from "./throttle.ts";

/** What leaves by mail where there is mail. Elsewhere whoever runs the server hands it over. */
export type Letter = {
  kind: "invitation" | "password-reset";
  to: string;
  link: string;
  expiresAt: Date;
  /** In whose name; null = somebody who belongs nowhere any more. */
  tenant: { id: string; name: string } | null;
  /** Who invites. */
  by: string | null;
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
