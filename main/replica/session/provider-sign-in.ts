import { createHash, randomBytes } from "node:crypto";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { SignedIn } from "../../../shared/sync/session-wire.ts";
import type { AuthClient } from "./auth-client.ts";

/** A sign-in that goes on in the person's browser. */
export type Elsewhere = { name: string; url: string; code: string; trouble: string | null };

export type ProviderSignIn = {
  /** Null: nobody is at a provider. */
  state(): Elsewhere | null;
  /** Begins it, and hears of its end by itself. @returns where the browser has to go */
  begin(provider: {
    providerId: string;
    name: string;
    email: string | null;
  }): Promise<Result<{ url: string }, RpcError>>;
  /** The person has thought better of it, or came in another way. */
  leave(): void;
};

type Ports = {
  auth: Pick<AuthClient, "beginAtProvider" | "finishAtProvider">;
  clock: Clock;
  timers: Timers;
  changed(): void;
  /** The person is back. @returns what then went wrong */
  enter(signed: SignedIn): Promise<Result<void, RpcError>>;
};

const askEveryMs = 1_500;
/** The server ends it sooner, by its own clock; this is for one that does not answer. */
const longestMs = 15 * 60_000;

/**
 * Signs in by way of a browser. What opens the session stays here: the browser is given an address that is worth nothing
 * without the verifier, and the person compares a code before it is worth anything at all.
 */
export function createProviderSignIn({ auth, clock, timers, changed, enter }: Ports): ProviderSignIn {
  let state: Elsewhere | null = null;
  let cancel = () => {};
  /** Answers of a sign-in before this one count for nothing. */
  let turn = 0;

  const show = (next: Elsewhere | null) => {
    state = next;
    changed();
  };
  const leave = () => {
    turn += 1;
    cancel();
    if (state !== null) show(null);
  };
  const end = (trouble: string) => state && show({ ...state, trouble });

  function askLater(of: Request): void {
    cancel = timers.after(askEveryMs, () => void ask(of));
  }

  async function ask(of: Request): Promise<void> {
    const answer = await auth.finishAtProvider(of.requestId, of.verifier);
    if (of.turn !== turn) return;
    // A server that cannot be reached for a moment says nothing about the person.
    const isAway = !answer.ok && (answer.error.code === "offline" || answer.error.code === "busy");
    const waits = isAway || (answer.ok && answer.value.outcome === "waiting");
    if (waits) return clock.now() < of.endsAtMs ? askLater(of) : void end(tooLong);
    if (!answer.ok) return void end(answer.error.message);
    if (answer.value.outcome !== "signed-in") return;
    leave();
    // Nobody waits for this: what it throws would end the process.
    const entered = await enter(answer.value).catch(unopened);
    if (!entered.ok) show({ ...of.shown, trouble: entered.error.message });
  }

  return {
    state: () => state,
    leave,
    async begin({ providerId, name, email }) {
      leave();
      const mine = turn;
      const verifier = randomBytes(32).toString("base64url");
      const verifierHash = createHash("sha256").update(verifier).digest("base64url");
      const begun = await auth.beginAtProvider({ providerId, verifierHash, email });
      if (!begun.ok) return begun;
      const { requestId, url, code } = begun.value;
      if (code === null || mine !== turn) return err({ code: "refused", message: "This sign-in was left." });
      const shown = { name, url, code, trouble: null };
      show(shown);
      askLater({ requestId, verifier, endsAtMs: clock.now() + longestMs, shown, turn });
      return ok({ url });
    },
  };
}

type Request = { requestId: string; verifier: string; endsAtMs: number; shown: Elsewhere; turn: number };

function unopened(error: unknown): Result<never, RpcError> {
  const why = error instanceof Error ? error.message : String(error);
  return err({ code: "internal", message: `The desk could not be opened: ${why}` });
}

const tooLong = "This sign-in took too long. Begin again.";
