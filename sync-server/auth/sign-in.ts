import { eq } from "drizzle-orm";
import { APIError } from "better-auth/api";
import type {
  SecondFactorNeeded,
  SecondFactorRequest,
  SignInRequest,
} from "../../shared/sync/session-wire.ts";
import { ok, type Result } from "../../shared/result/result.ts";
import { schema } from "../database/index.ts";
import { beginSession, type Began } from "./begin-session.ts";
import { challengeLifeS } from "./better-auth.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";
import { takeCode } from "./totp.ts";

export type SignInOutcome = { outcome: "signed-in"; began: Began } | SecondFactorNeeded;

/** The same words and the same work for an unknown address and a wrong password. */
const wrong = () => fail("unauthorised", "The e-mail address or the password is wrong.");

/** Password sign-in; answers with a session, or with a challenge for the second factor. */
export async function signIn(
  deps: AuthDeps,
  request: SignInRequest,
  origin: Origin,
): Promise<Result<SignInOutcome, Failure>> {
  const waitS = await deps.throttle.waitS(request.email, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const checked = await checkPassword(deps, request);
  if (checked === null) {
    await deps.throttle.failed(request.email, origin.ip);
    return wrong();
  }
  if ("challenge" in checked) {
    const expiresAt = new Date(deps.clock.now() + challengeLifeS * 1000).toISOString();
    return ok({ outcome: "second-factor", challenge: checked.challenge, expiresAt });
  }
  await deps.throttle.succeeded(request.email, origin.ip);
  const { client, tenantId } = request;
  const began = await beginSession(deps, { ...checked, client, tenantId, by: "password", origin });
  return began.ok ? ok({ outcome: "signed-in", began: began.value }) : began;
}

export function mustWait(waitS: number): Result<never, Failure> {
  return fail("too-many-requests", `Too many wrong sign-ins. Wait ${waitS} s and try again.`, {
    retryAfterS: waitS,
  });
}

type Checked = { userId: string; sessionText: string } | { challenge: string } | null;

async function checkPassword(deps: AuthDeps, { email, password }: SignInRequest): Promise<Checked> {
  const answer = await whenRight(
    deps.auth.api.signInEmail({ body: { email, password }, returnHeaders: true }),
  );
  if (answer === null) return null;
  const challenge = cookieIn(answer.headers, "two_factor");
  if ("twoFactorRedirect" in answer.response) return challenge === null ? null : { challenge };
  return { userId: answer.response.user.id, sessionText: answer.response.token };
}

/** Second step: a code of the authenticator, or one of the backup codes. */
export async function verifySecondFactor(
  deps: AuthDeps,
  request: SecondFactorRequest,
  origin: Origin,
): Promise<Result<Began, Failure>> {
  // better-auth counts wrong codes by challenge and by person; this one stops guessing at challenges.
  const waitS = await deps.throttle.waitS(challengeKey, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const headers = new Headers({ cookie: `better-auth.two_factor=${request.challenge}` });
  const body = { code: request.code };
  const { api } = deps.auth;
  const answer = await whenRight(
    request.method === "totp" ? api.verifyTOTP({ body, headers }) : api.verifyBackupCode({ body, headers }),
  );
  if (!answer?.token) {
    await deps.throttle.failed(challengeKey, origin.ip);
    return wrongCode();
  }
  // Nobody guesses at a code that was right.
  if (!(await isFresh(deps, request, { userId: answer.user.id, sessionText: answer.token })))
    return wrongCode();
  const [user] = await deps.db.owner
    .select({ email: schema.users.email })
    .from(schema.users)
    .where(eq(schema.users.id, answer.user.id));
  await deps.throttle.succeeded(user?.email ?? "", origin.ip);
  const { client, tenantId } = request;
  const by = "second-factor";
  return beginSession(deps, {
    userId: answer.user.id,
    sessionText: answer.token,
    client,
    tenantId,
    by,
    origin,
  });
}

/** better-auth checks that a code is right, not that nobody has used it; the session that it began then ends. */
async function isFresh(
  deps: AuthDeps,
  { method, code }: SecondFactorRequest,
  { userId, sessionText }: { userId: string; sessionText: string },
): Promise<boolean> {
  if (method !== "totp" || (await takeCode(deps, userId, code))) return true;
  await deps.db.owner.delete(schema.sessions).where(eq(schema.sessions.token, sessionText));
  return false;
}

function wrongCode(): Result<never, Failure> {
  return fail(
    "unauthorised",
    "The code is wrong, was used already, or took too long. Begin again with your password.",
  );
}

const challengeKey = "second factor";

/** What better-auth answers, or null where it refuses; anything else that goes wrong is a bug and throws. */
export async function whenRight<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return null;
    throw error;
  }
}

function cookieIn(headers: Headers, name: string): string | null {
  for (const cookie of headers.getSetCookie()) {
    const match = /^(?:__Secure-)?better-auth\.(\w+)=([^;]+)/u.exec(cookie);
    if (match?.[1] === name && match[2]) return match[2];
  }
  return null;
}
