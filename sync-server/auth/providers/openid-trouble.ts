import * as client from "openid-client";
import { OutwardFailure } from "../../http/index.ts";

/** Says what the provider calls itself, where that is not what was entered. */
export class IssuerDiffers extends Error {}

/** What went wrong between this server and a provider, for somebody who reads no protocols. */
export function sayTrouble(error: unknown, name: string): string {
  if (error instanceof client.AuthorizationResponseError) return sayDenied(error, name);
  if (isClientRefused(error)) return `“${name}” does not take this client id with this secret. An admin has to enter them anew.`; // prettier-ignore
  if (error instanceof client.ResponseBodyError) return sayRefused(error, name);
  if (error instanceof IssuerDiffers)
    return `“${name}” calls itself ${error.message}. Enter exactly that as its issuer.`;
  const outward = causesOf(error).find((cause) => cause instanceof OutwardFailure);
  if (outward) return sayUnreached(outward, name);
  return `“${name}” answered with something that cannot be used: ${sayCode(error)}.`;
}

/** Some say it in the body of their answer, and some as HTTP does. */
export function isClientRefused(error: unknown): boolean {
  if (error instanceof client.WWWAuthenticateChallengeError)
    return error.cause.some(({ scheme }) => scheme === "basic");
  const codes = ["invalid_client", "unauthorized_client"];
  return error instanceof client.ResponseBodyError && codes.includes(error.error);
}

/** The provider sent the person back without a proof. */
function sayDenied({ error }: client.AuthorizationResponseError, name: string): string {
  if (error === "access_denied") return `“${name}” did not let you in, or you said no there.`;
  if (error === "login_required" || error === "interaction_required")
    return `“${name}” wants you to sign in there first.`;
  if (error === "temporarily_unavailable" || error === "server_error")
    return `“${name}” has trouble at the moment. Try again in a little while.`;
  return `“${name}” refused this sign-in (${error.slice(0, 60)}). An admin has to look at its settings.`;
}

/** The provider talked to this server and said no. */
function sayRefused({ error }: client.ResponseBodyError, name: string): string {
  if (error === "invalid_grant") return `“${name}” does not know this sign-in any more. Begin again.`;
  return `“${name}” refused (${error.slice(0, 60)}). An admin has to look at its settings.`;
}

function sayUnreached({ why, message }: OutwardFailure, name: string): string {
  if (why !== "inside") return `“${name}” does not answer. ${message}`;
  return `${message} Whoever runs this server has to allow that first (PRIVATE_IDENTITY_PROVIDERS).`;
}

const codes: Record<string, string> = {
  OAUTH_HTTP_REQUEST_FORBIDDEN: "an issuer begins with https://",
  OAUTH_TIMEOUT: "it took too long",
  OAUTH_RESPONSE_IS_NOT_CONFORM: "there is no OpenID provider at this issuer",
  OAUTH_RESPONSE_IS_NOT_JSON: "there is no OpenID provider at this issuer",
  OAUTH_PARSE_ERROR: "it is not written as the standard says",
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: "it calls itself by another issuer than this one",
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: "the proof is for somebody else",
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: "the proof is too old; does this server’s clock go right?",
  OAUTH_KEY_SELECTION_FAILED: "the proof is signed with a key that it does not name",
  OAUTH_INVALID_RESPONSE: "the proof is not what was asked for",
};

function sayCode(error: unknown): string {
  const code = causesOf(error)
    .map((cause) => (cause as { code?: unknown }).code)
    .find((one) => typeof one === "string");
  return codes[code ?? ""] ?? code ?? "the reason stands in the server’s log";
}

function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  return [error, ...causesOf(error.cause)];
}
