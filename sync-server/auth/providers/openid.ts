import * as client from "openid-client";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { OutwardFetch } from "../../http/index.ts";
import { IssuerDiffers, isClientRefused, sayTrouble } from "./openid-trouble.ts";

/** A provider as the protocol needs it. */
export type OpenIdProvider = {
  name: string;
  issuer: string;
  clientId: string;
  /** Null: a client without a secret, which PKCE alone protects. */
  clientSecret: string | null;
};

/** Who the provider says it is. */
export type Claims = {
  issuer: string;
  subject: string;
  /** Lower case; null = it said none. */
  email: string | null;
  /** The provider says that the address belongs to them. */
  isVerified: boolean;
  name: string | null;
};

/** What must be known again when the provider's answer comes; the last three are secrets. */
export type Begun = { url: string; state: string; nonce: string; pkce: string };

/** OpenID Connect with one kind of flow: authorization code with PKCE, state and nonce. Failures are sentences. */
export type OpenId = {
  /** Reads what the provider says about itself and tries the client there. @returns what is right, as a sentence */
  test(provider: OpenIdProvider, redirectUri: string): Promise<Result<string, string>>;
  begin(
    provider: OpenIdProvider,
    to: { redirectUri: string; loginHint: string | null },
  ): Promise<Result<Begun, string>>;
  /** @param answer the address that the provider sent the browser back to */
  finish(
    provider: OpenIdProvider,
    answer: URL,
    begun: Pick<Begun, "state" | "nonce" | "pkce">,
  ): Promise<Result<Claims, string>>;
};

const timeoutS = 10;
const scope = "openid email profile";

export type OpenIdPorts = {
  fetch: OutwardFetch;
  /** Providers without TLS too: those of a private network, and of tests. */
  allowHttp: boolean;
  /** Hears what a sentence is made of. */
  failed(error: unknown): void;
};

export function createOpenId({ fetch, allowHttp, failed }: OpenIdPorts): OpenId {
  const connect = async (provider: OpenIdProvider): Promise<client.Configuration> => {
    // Signatures are checked too, although the token comes straight from the provider over TLS.
    const execute = [client.enableNonRepudiationChecks, ...(allowHttp ? [client.allowInsecureRequests] : [])];
    const { issuer, clientId, clientSecret } = provider;
    const auth = clientSecret === null ? client.None() : secretAuth(clientSecret);
    const config = await client.discovery(new URL(issuer), clientId, undefined, auth, {
      execute,
      timeout: timeoutS,
      [client.customFetch]: (url, init) => fetch(url, init),
    });
    requireSameIssuer(config, issuer);
    return config;
  };
  const trying = async <T>(provider: OpenIdProvider, work: () => Promise<T>): Promise<Result<T, string>> => {
    try {
      return ok(await work());
    } catch (error) {
      failed(error);
      return err(sayTrouble(error, provider.name));
    }
  };

  return {
    test: (provider, redirectUri) =>
      trying(provider, async () => {
        const config = await connect(provider);
        if (provider.clientId === "") return `“${provider.name}” answers. It needs a client id yet.`;
        return tryClient(config, provider, redirectUri);
      }),
    begin: (provider, { redirectUri, loginHint }) =>
      trying(provider, async () => {
        const config = await connect(provider);
        const state = client.randomState();
        const nonce = client.randomNonce();
        const pkce = client.randomPKCECodeVerifier();
        const url = client.buildAuthorizationUrl(config, {
          ...{ redirect_uri: redirectUri, scope, state, nonce, code_challenge_method: "S256" },
          code_challenge: await client.calculatePKCECodeChallenge(pkce),
          ...(loginHint === null ? {} : { login_hint: loginHint }),
        });
        return { url: url.href, state, nonce, pkce };
      }),
    finish: (provider, answer, { state, nonce, pkce }) =>
      trying(provider, async () => {
        const config = await connect(provider);
        const tokens = await client.authorizationCodeGrant(config, answer, {
          pkceCodeVerifier: pkce,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return readClaims(config, tokens);
      }),
  };
}

/** As the provider prefers it; the standard's own choice where it does not say. */
function secretAuth(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, metadata, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const auth = methods.includes("client_secret_basic") ? basic : post;
    return auth(server, metadata, body, headers);
  };
}

/**
 * An issuer that stands for many organisations (Entra's `common`) vouches for people of all of them: its own says
 * which one it is.
 */
function requireSameIssuer(config: client.Configuration, wanted: string): void {
  const said = config.serverMetadata().issuer;
  const bare = (address: string) => address.replace(/\/$/u, "");
  if (bare(said) !== bare(wanted)) throw new IssuerDiffers(said);
}

/** A code that nobody made is refused in every case: the question is whether the client was known. */
async function tryClient(
  config: client.Configuration,
  { name }: OpenIdProvider,
  redirectUri: string,
): Promise<string> {
  const code = { code: client.randomState(), redirect_uri: redirectUri };
  const verifier = { code_verifier: client.randomPKCECodeVerifier() };
  try {
    await client.genericGrantRequest(config, "authorization_code", { ...code, ...verifier });
  } catch (error) {
    const isKnown = error instanceof client.ResponseBodyError && error.error === "invalid_grant";
    if (isKnown) return `“${name}” answers and takes this client.`;
    if (!(error instanceof client.ResponseBodyError) || isClientRefused(error)) throw error;
  }
  return `“${name}” answers. Whether it takes this client shows when somebody signs in.`;
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;
type Said = Readonly<Record<string, unknown>>;

async function readClaims(config: client.Configuration, tokens: Tokens): Promise<Claims> {
  const token = tokens.claims();
  if (token === undefined) throw new Error("an ID token was expected, and checked");
  const asks = config.serverMetadata().userinfo_endpoint !== undefined && !isWhole(token);
  const more: Said = asks ? await client.fetchUserInfo(config, tokens.access_token, token.sub) : {};
  const sources: Said[] = [token, more];
  // Address and word of it come from one place: put together from two they vouch for nothing.
  const said = sources.find(isVerified) ?? sources.find((one) => textOf(one["email"]) !== null) ?? {};
  if (textOf(token.sub) === null) throw new Error("a subject that cannot be kept");
  return {
    issuer: token.iss,
    subject: token.sub,
    email: textOf(said["email"])?.toLowerCase() ?? null,
    isVerified: isVerified(said),
    name: textOf(token["name"]) ?? textOf(more["name"]),
  };
}

function isWhole(said: Said): boolean {
  return isVerified(said) && textOf(said["name"]) !== null;
}

/** Entra does not say `email_verified`; its optional claim `xms_edov` says that the domain's owner was checked. */
function isVerified(said: Said): boolean {
  const words: unknown[] = [said["email_verified"], said["xms_edov"]];
  const isYes = (word: unknown) => word === true || word === "true" || word === 1 || word === "1";
  return textOf(said["email"]) !== null && words.some(isYes);
}

/** Text that a database takes; null = it is none. */
function textOf(said: unknown): string | null {
  return typeof said === "string" && !said.includes("\0") && said.isWellFormed() ? said : null;
}
