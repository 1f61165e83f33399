import type { Clock, Random, Timers } from "../../../shared/result/ports.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import type { Guard, ModelRoute } from "../parts-port.ts";
import type { ModelProvider, ProviderFailure } from "../provider-port.ts";
import { createBackOff, type BackOff } from "./back-off.ts";
import { brokenOff, createBreaker, type Breaker } from "./breaker.ts";
import { createLane, type Lane, type Turn } from "./lane.ts";
import { defaultLimits, type GuardLimits } from "./limits.ts";
import { createLobby, type Lobby } from "./lobby.ts";
import { createRates } from "./rates.ts";
import { sleep } from "./sleep.ts";

export type GuardDeps = { clock: Clock; timers: Timers; random?: Random; limits?: Partial<GuardLimits> };

/** By so much a timer may go off before the wall's clock is there: nobody who has waited is sent away for that. */
const earlyMs = 5;

type Account = {
  lane: Lane;
  people: Lobby;
  background: Lobby;
  breakers: Map<string, Breaker>;
  closedUntil: number;
  backOff: BackOff;
};

/**
 * Lines, rates and breakers of every account that is asked. They live in this process: of several nodes, each lets
 * through as much, and the provider's own 429 is what they have in common.
 */
export function createGuard({ clock, timers, random = Math.random, ...deps }: GuardDeps): Guard {
  const limits = { ...defaultLimits, ...deps.limits };
  const rates = createRates(limits);
  const accounts = new Map<string, Account>();
  // Of models; with another key an account is spoken to by another provider.
  const refusedBy = new WeakMap<ModelProvider, Set<string>>();

  const accountOf = ({ account: name }: ModelRoute): Account => {
    const account =
      accounts.get(name) ?? openAccount(limits, createBackOff({ clock, random }, limits.backOff));
    accounts.set(name, account);
    return account;
  };
  const breakerOf = ({ breakers }: Account, { modelId }: ModelRoute): Breaker => {
    const breaker = breakers.get(modelId) ?? createBreaker(clock, limits.breaker);
    breakers.set(modelId, breaker);
    return breaker;
  };
  const patienceOf = ({ priority }: Turn) => (priority === "background" ? Infinity : limits.patienceMs);

  /** @returns why it may not go on */
  const waitFor = async (waitMs: number, turn: PatientTurn): Promise<ProviderFailure | null> => {
    if (waitMs > turn.patienceMs + earlyMs) return { ...tooMuch, retryAfterMs: waitMs };
    turn.patienceMs -= waitMs;
    await sleep(timers, waitMs, turn.signal);
    return turn.signal.aborted ? tooLate : null;
  };

  /** Until the account's and the tenant's rate let it through. */
  const passRates = async (account: string, turn: PatientTurn): Promise<ProviderFailure | null> => {
    for (;;) {
      const waitMs = await rates.take(account, turn);
      if (waitMs === 0) return null;
      const refused = await waitFor(waitMs, turn);
      if (refused) return refused;
    }
  };

  /** To work that nobody waits for an account is closed also where its provider only said that it is too much. */
  const closedMs = ({ closedUntil, backOff }: Account, { priority }: Turn): number =>
    Math.max(closedUntil - clock.now(), priority === "background" ? backOff.waitMs() : 0);

  /** Until the account is open. */
  const passPauses = async (account: Account, turn: PatientTurn): Promise<ProviderFailure | null> => {
    // Somebody else may have been refused meanwhile, in this way or the other.
    for (let waitMs = closedMs(account, turn); waitMs > 0; waitMs = closedMs(account, turn)) {
      const refused = await waitFor(waitMs, turn);
      if (refused) return refused;
    }
    return null;
  };
  const noteAccess = ({ provider, modelId }: ModelRoute, answer: Result<unknown, ProviderFailure>): void => {
    const refused = refusedBy.get(provider) ?? new Set();
    refusedBy.set(provider, refused);
    if (answer.ok) refused.delete(modelId);
    else if (answer.error.code === "no-access") refused.add(modelId);
  };
  const note = (account: Account, answer: Result<unknown, ProviderFailure>, askedMs: number): void => {
    if (answer.ok) return account.backOff.answered(askedMs);
    const { code, retryAfterMs } = answer.error;
    if (retryAfterMs !== null)
      account.closedUntil = Math.max(account.closedUntil, clock.now() + closedFor(retryAfterMs));
    else if (code === "busy") account.backOff.refused(askedMs);
  };
  /** @param times how often it was refused in this way, with a time or without one */
  const mayAskAgain = (
    { code, retryAfterMs }: ProviderFailure,
    turn: PatientTurn,
    times: number,
  ): boolean => {
    if (turn.signal.aborted) return false;
    if (retryAfterMs !== null) return times === 1 && closedFor(retryAfterMs) <= turn.patienceMs;
    return code === "busy" && turn.priority === "background" && times < limits.backOff.mostTries;
  };

  /**
   * Asks, and once more where the provider says that it may be soon. Where it has too much to do and does not say until
   * when, people are told so at once, and work that nobody waits for tries again after pauses that grow.
   */
  const ask = async <T>(
    account: Account,
    breaker: Breaker,
    turn: PatientTurn,
    work: Work<T>,
  ): Promise<Answer<T>> => {
    const times = { withTime: 0, without: 0 };
    for (;;) {
      const refused = await passPauses(account, turn);
      if (refused) return err(refused);
      const askedMs = clock.now();
      const answer = await breaker.ask({ signal: turn.signal, waitedMs: askedMs - turn.cameMs }, work);
      note(account, answer, askedMs);
      if (answer.ok) return answer;
      const way = answer.error.retryAfterMs === null ? "without" : "withTime";
      times[way] += 1;
      if (!mayAskAgain(answer.error, turn, times[way])) return answer;
    }
  };

  return {
    async run({ route, ...asked }, work) {
      const turn = { ...asked, patienceMs: patienceOf(asked), cameMs: clock.now() };
      const account = accountOf(route);
      const breaker = breakerOf(account, route);
      if (turn.signal.aborted) return err(tooLate);
      if (breaker.isOpen()) return err(brokenOff);
      const lobby = turn.priority === "background" ? account.background : account.people;
      if (!lobby.enter(turn.tenantId)) return err(tooMuch);
      let isWaiting = true;
      const leaveLobby = () => {
        if (isWaiting) lobby.leave(turn.tenantId);
        isWaiting = false;
      };
      try {
        const refused = await passRates(route.account, turn);
        if (refused) return err(refused);
        const answer = await account.lane.run(turn, () => {
          leaveLobby();
          return ask(account, breaker, turn, work);
        });
        if (answer) noteAccess(route, answer);
        return answer ?? err(tooLate);
      } finally {
        leaveLobby();
      }
    },
    troubleOf(route) {
      if (refusedBy.get(route.provider)?.has(route.modelId)) return noAccess;
      const account = accounts.get(route.account);
      if (account?.breakers.get(route.modelId)?.isOpen()) return brokenOff;
      const waitMs = (account?.closedUntil ?? 0) - clock.now();
      return waitMs > limits.patienceMs ? { ...tooMuch, retryAfterMs: waitMs } : null;
    },
    isLaden(route) {
      const account = accounts.get(route.account);
      return account !== undefined && (account.lane.isFull() || account.closedUntil > clock.now());
    },
  };
}

/** Whatever a provider asks for: one that says a year by mistake is asked again today. */
const longestClosedMs = 10 * 60_000;

function closedFor(retryAfterMs: number): number {
  return Math.min(retryAfterMs, longestClosedMs);
}

/** `patienceMs`: for how long it may yet be kept waiting, whatever it is that it waits for. `cameMs`: since when it is here. */
type PatientTurn = Turn & { patienceMs: number; cameMs: number };
type Answer<T> = Result<T, ProviderFailure>;
type Work<T> = () => Promise<Answer<T>>;

function openAccount(limits: GuardLimits, backOff: BackOff): Account {
  return {
    lane: createLane(limits),
    people: createLobby(limits.mostWaiting),
    background: createLobby(limits.mostWaiting),
    breakers: new Map(),
    closedUntil: 0,
    backOff,
  };
}

/** Nobody was asked, and nobody bills it. */
const unasked = { retryAfterMs: null, usage: { inputTokens: 0, outputTokens: 0 } };
const tooMuch: ProviderFailure = {
  ...{ code: "busy", message: "Too much is asked of this account at the moment.", ...unasked },
};
const noAccess: ProviderFailure = {
  ...{
    code: "no-access",
    message: "The provider did not accept the key when it was last asked.",
    ...unasked,
  },
};
const tooLate: ProviderFailure = {
  ...{ code: "timed-out", message: "Its turn did not come in time.", ...unasked },
};
