import AccessToken from "twilio/lib/jwt/AccessToken.js";
import type { TwilioConfig, TwilioCredentials } from "./account.ts";
import { identityOf } from "./identity.ts";

/** A desk asks for the next one before this ends; a token that leaks is worth nothing an hour later. */
const tokenLifeS = 3_600;

/** What the voice SDK signs in with: this person may be called, and may call through our application alone. */
export function createToken(
  config: TwilioConfig,
  { apiKeySecret }: TwilioCredentials,
  userId: string,
  now: Date,
) {
  const identity = identityOf(userId);
  const token = new AccessToken(config.accountSid, config.apiKeySid, apiKeySecret, {
    identity,
    ttl: tokenLifeS,
  });
  token.addGrant(
    new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid: config.applicationSid }),
  );
  return { token: token.toJwt(), identity, expiresAt: new Date(now.getTime() + tokenLifeS * 1_000) };
}
