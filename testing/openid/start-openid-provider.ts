import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** Somebody as the provider knows them. */
export type Account = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** A real OpenID provider on this machine, which lets in whoever a test says. */
export type TestProvider = {
  issuer: string;
  client: { id: string; secret: string };
  /** Who signs in next; null = they say no. */
  person: Account | null;
  /** It publishes other keys than it signs with. */
  lies: boolean;
  /** Answers nothing any more. */
  isDown: boolean;
  /** Where its client may send people back to. */
  register(redirectUri: string): void;
  close(): Promise<void>;
};

const client = { id: "ringside", secret: "a secret of the client, kept by two" };

export async function startOpenIdProvider(): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = [makeKey(), makeKey()] as const;
  const accounts = new Map<string, Account>();
  const redirectUris: string[] = [];
  let provider: Provider | null = null;

  const test: TestProvider = {
    ...{ issuer, client, lies: false, isDown: false },
    person: null,
    register(redirectUri) {
      redirectUris.push(redirectUri);
      provider = new Provider(issuer, configure(keys[0], redirectUris, accounts));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (test.isDown) return void response.destroy();
    provider ??= new Provider(issuer, configure(keys[0], redirectUris, accounts));
    if (test.lies && request.url === "/jwks") return void answerKeys(response, keys[1]);
    if (request.url?.startsWith("/interaction/"))
      return void signIn(provider, test, accounts, request, response);
    void provider.callback()(request, response);
  });
  return test;
}

/** Whoever the test has named is signed in, as if they had typed their password. */
async function signIn(
  provider: Provider,
  { person }: TestProvider,
  accounts: Map<string, Account>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (person) accounts.set(person.sub, person);
  const result = person ? { login: { accountId: person.sub } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function configure(key: Jwk, redirectUris: string[], accounts: ReadonlyMap<string, Account>): Configuration {
  return {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: redirectUris }],
    jwks: { keys: [key] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    cookies: { keys: ["a key of this test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => accounts.get(sub) ?? { sub } }),
    // Nobody is asked for their consent: the organisation has given it.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: client.id,
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

type Jwk = { kid: string; use: "sig"; alg: "RS256" } & Record<string, unknown>;

function makeKey(): Jwk {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: "the key", use: "sig", alg: "RS256" };
}

function answerKeys(
  response: ServerResponse,
  { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...published }: Jwk,
): void {
  response.setHeader("content-type", "application/jwk-set+json").end(JSON.stringify({ keys: [published] }));
}
