import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { err, ok, type Result } from "../../../../shared/result/result.ts";

/** Twilio's error codes for tokens, as the SDK knows them. */
export interface TokenError {
  code: 31201 | 31204 | 31205;
  message: string;
}

export interface VoiceGrant {
  identity: string;
  expiresAt: number;
  mayReceive: boolean;
  applicationSid: string | null;
}

const Header = z.object({ alg: z.literal("HS256"), cty: z.literal("twilio-fpa;v=1") });
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  grants: z.object({
    identity: z.string().min(1).max(256),
    voice: z.object({
      incoming: z.object({ allow: z.boolean() }).optional(),
      outgoing: z.object({ application_sid: z.string() }).optional(),
    }),
  }),
});

/** Checks an access token's signature, issuer, time and voice grant. `nowMs` is milliseconds since the epoch. */
export function checkToken(
  token: string,
  account: { sid: string; apiKeySid: string; apiKeySecret: string },
  nowMs: number,
): Result<VoiceGrant, TokenError> {
  const invalid = err<TokenError>({ code: 31204, message: "AccessTokenInvalid" });
  const [head, body, signature] = token.split(".");
  if (!head || !body || !signature || token.length > 8_192) return invalid;
  if (!isSignedBy(account.apiKeySecret, `${head}.${body}`, signature)) return invalid;
  const header = Header.safeParse(decode(head));
  const claims = Claims.safeParse(decode(body));
  if (!header.success || !claims.success) return invalid;
  const { iss, sub, exp, nbf, grants } = claims.data;
  if (iss !== account.apiKeySid || sub !== account.sid)
    return err({ code: 31201, message: "AuthenticationFailed" });
  if (exp * 1000 <= nowMs) return err({ code: 31205, message: "AccessTokenExpired" });
  if (nbf !== undefined && nbf * 1000 > nowMs) return invalid;
  return ok({
    identity: grants.identity,
    expiresAt: exp * 1000,
    mayReceive: grants.voice.incoming?.allow ?? false,
    applicationSid: grants.voice.outgoing?.application_sid ?? null,
  });
}

function isSignedBy(secret: string, signed: string, signature: string): boolean {
  const expected = createHmac("sha256", secret).update(signed).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
