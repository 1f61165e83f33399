import type { Clock } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";
import type { BetterAuth } from "./better-auth.ts";
import type { Throttle } from "./throttle.ts";

/** What leaves by mail once there is mail. Until then whoever runs the server hands it over. */
export type Letter = { kind: "invitation" | "password-reset"; to: string; link: string; expiresAt: Date };
export type Deliver = (letter: Letter) => Promise<void>;

export type AuthDeps = {
  db: Database;
  clock: Clock;
  /** Signs tokens and encrypts second factors; the same on every node. */
  secret: string;
  auth: BetterAuth;
  throttle: Throttle;
  deliver: Deliver;
  /** Where people open the console, without a slash at the end: links begin with it. */
  publicUrl: () => string;
};

/** Where a request comes from. */
export type Origin = { ip: string; userAgent: string };
