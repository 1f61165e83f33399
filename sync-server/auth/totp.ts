import { createOTP } from "@better-auth/utils/otp";
import { symmetricDecrypt } from "better-auth/crypto";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import { schema } from "../database/index.ts";
import type { AuthDeps } from "./deps.ts";

const stepS = 30;
/** A phone's clock may be off by one step, as better-auth allows it. */
const near = [-1, 0, 1];

/**
 * Takes a code of somebody's authenticator, once: a code is good for a minute and a half, in which whoever saw it
 * typed could type it again (RFC 6238, 5.2). Of two who do so at the same moment on any node, one gets in.
 */
export async function takeCode(
  { db, auth }: Pick<AuthDeps, "db" | "auth">,
  userId: string,
  code: string,
): Promise<boolean> {
  const { twoFactors } = schema;
  const [factor] = await db.owner
    .select({ secret: twoFactors.secret })
    .from(twoFactors)
    .where(eq(twoFactors.userId, userId));
  if (factor === undefined) return false;
  const { secretConfig } = await auth.$context;
  const step = await findStep(await symmetricDecrypt({ key: secretConfig, data: factor.secret }), code);
  if (step === null) return false;
  const isNew = or(isNull(twoFactors.lastStep), lt(twoFactors.lastStep, step));
  const taken = await db.owner
    .update(twoFactors)
    .set({ lastStep: step })
    .where(and(eq(twoFactors.userId, userId), isNew))
    .returning({ step: twoFactors.lastStep });
  return taken.length > 0;
}

/** Which step's code it is; null = none that is good now. */
async function findStep(secret: string, code: string): Promise<number | null> {
  const otp = createOTP(secret, { digits: 6, period: stepS });
  // better-auth goes by this clock too.
  const now = Math.floor(Date.now() / 1000 / stepS);
  for (const offset of near) if ((await otp.hotp(now + offset)) === code) return now + offset;
  return null;
}
