import { z } from "zod";
import type { UserId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import {
  BegunAtProvider,
  DemoPeople,
  FinishedAtProvider,
  sessionPath,
  SignedIn,
  SignInProviders,
  SignInResponse,
  type DeviceRegistration,
  type SignInProvider,
} from "../../../shared/sync/session-wire.ts";
import { askJson, type Ask, type AskError } from "../server/ask-json.ts";

/** Sign-in, as the server offers it to a desk. */
export type AuthClient = {
  signIn(email: string, password: string): Promise<Result<SignInResponse, RpcError>>;
  verifyTwoFactor(challenge: string, code: string): Promise<Result<SignedIn, RpcError>>;
  /** Identity providers for an address, or for whoever has typed none; nobody where the server does not answer. */
  findProviders(email: string | null): Promise<readonly SignInProvider[]>;
  beginAtProvider(begin: {
    providerId: string;
    verifierHash: string;
    email: string | null;
  }): Promise<Result<BegunAtProvider, RpcError>>;
  finishAtProvider(requestId: string, verifier: string): Promise<Result<FinishedAtProvider, RpcError>>;
  /** Null where the server did not answer; nobody where it has no demo. */
  demoPeople(): Promise<DemoPeople["people"] | null>;
  signInDemo(userId: UserId): Promise<Result<SignedIn, RpcError>>;
  /** Ends the session on the server, if it can be reached; the desk forgets it either way. */
  signOut(token: string): Promise<void>;
  /** [SES-3] Nothing is left here. False where the server did not hear it. */
  confirmWiped(token: string): Promise<boolean>;
};

const timeoutMs = 20_000;
const signOutTimeoutMs = 3_000;

export function createAuthClient(serverUrl: string, device: () => Promise<DeviceRegistration>): AuthClient {
  const base = serverUrl + sessionPath;
  const clientOf = async () => ({ kind: "desk", device: await device() });

  async function post<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    more: Partial<Ask> = {},
  ): Promise<Result<z.output<S>, RpcError>> {
    const answer = await askJson({ method: "POST", url: base + path, body, timeoutMs, ...more }, schema);
    return answer.ok ? answer : err(rpcErrorOf(answer.error));
  }

  return {
    signIn: async (email, password) =>
      post("/sign-in", { email, password, client: await clientOf() }, SignInResponse),
    async verifyTwoFactor(challenge, typed) {
      const code = typed.replaceAll(/\s/gu, "");
      const method = /^\d{6}$/u.test(code) ? "totp" : "backup";
      return post("/second-factor", { challenge, method, code, client: await clientOf() }, SignedIn);
    },
    async findProviders(email) {
      const answer = await post("/providers", { email }, SignInProviders);
      return answer.ok ? answer.value.providers : [];
    },
    async beginAtProvider({ providerId, verifierHash, email }) {
      const { name } = await device();
      const client = { kind: "desk", verifierHash, name };
      return post(`/providers/${encodeURIComponent(providerId)}/begin`, { client, email }, BegunAtProvider);
    },
    finishAtProvider: async (requestId, verifier) =>
      post("/providers/finish", { requestId, verifier, client: await clientOf() }, FinishedAtProvider),
    async demoPeople() {
      const answer = await askJson({ method: "GET", url: `${base}/demo`, timeoutMs }, DemoPeople);
      if (answer.ok) return answer.value.people;
      return answer.error.kind === "refused" ? [] : null;
    },
    signInDemo: async (userId) => post("/demo", { userId, client: await clientOf() }, SignedIn),
    async signOut(token) {
      await post("/sign-out", {}, z.null(), { token, timeoutMs: signOutTimeoutMs });
    },
    async confirmWiped(token) {
      const told = await post("/wiped", {}, z.null(), { token, timeoutMs: signOutTimeoutMs });
      return told.ok || told.error.code === "refused";
    },
  };
}

function rpcErrorOf(error: AskError): RpcError {
  if (error.kind === "no-answer") {
    return { code: "offline", message: error.trouble ?? "The server cannot be reached at the moment." };
  }
  const code = error.status === 429 ? "busy" : "refused";
  return { code, message: error.error.message };
}

/** A session that a desk can use has a token. */
export function tokenOf({ token }: SignedIn): Result<string, RpcError> {
  return token === null
    ? err({ code: "internal", message: "The server signed in a browser instead of this desk." })
    : ok(token);
}
