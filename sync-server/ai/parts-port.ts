import type { Tx } from "../database/index.ts";
import type { AiFeature, ModelRole } from "../../shared/ai/vocabulary.ts";
import type { Result } from "../../shared/result/result.ts";
import type { AiFailure, TaskTraits } from "./port.ts";
import type { ModelProvider, ProviderFailure, Usage } from "./provider-port.ts";

// What the gateway is put together from. Each part is made in a folder of its own and knows nothing of the others.

/** One model that may answer, as the catalogue offers it to this asker now. */
export type ModelRoute = {
  /** The catalogue's id of the model. */
  modelId: string;
  /** Shown to people. */
  label: string;
  role: ModelRole;
  provider: ModelProvider;
  /** Names the account with the provider: what fails together (breaker) and is limited together (rates). */
  account: string;
  /** The provider's own name of the model. */
  wireName: string;
  contextTokens: number;
  maxOutputTokens: number;
  /** Put before a task's own prompt; empty = nothing. */
  systemMessage: string;
  /** In millionths of a US dollar for a million tokens, today. */
  price: { input: number; output: number };
};

export type Wish = {
  tenantId: string;
  userId: string | null;
  feature: AiFeature;
  role: ModelRole;
};

export type Catalogue = {
  /** Best first; those that this asker may use. Empty = none is set up, and the rules answer. */
  routesOf(wish: Wish): Promise<readonly ModelRoute[]>;
};

/** What one attempt may cost at most, held back until it is settled: here, or by whoever finds it in the database. */
export type Reservation = { requestId: string; tenantId: string };

/** For an answer that comes to another process, much later. */
export type KeepFor = {
  /** Then it is billed as expected, whatever came of it. */
  until: Date;
  /** Written together with it: neither is there without the other. */
  also(tx: Tx, requestId: string): Promise<void>;
};

export type Attempt = {
  tenantId: string;
  userId: string | null;
  feature: AiFeature;
  task: string;
  promptVersion: number;
  route: ModelRoute;
  /** At most: tokens of the messages, and those that may come. */
  estimate: Usage;
};

export type Settlement = {
  /** What was used; null = the provider did not say, and the estimate is billed. */
  usage: Usage | null;
  outcome: "answered" | ProviderFailure["code"] | "invalid";
  latencyMs: number;
  /** Until the first word of a stream; null = it was none. */
  firstMs: number | null;
};

export type Ledger = {
  /** Refuses what would go over a limit, a quota or a budget, and says until when. */
  reserve(
    attempt: Attempt,
    keep?: KeepFor,
  ): Promise<Result<Reservation, AiFailure & { until: string | null }>>;
  /** A second time changes nothing. */
  settle(reservation: Reservation, settlement: Settlement): Promise<void>;
  /** An answer that cost nothing: of the cache, or of the rules. @returns the request's id at once; it is kept soon after */
  note(attempt: Omit<Attempt, "route" | "estimate"> & { modelId: string; from: "cache" | "rules" }): string;
};

/** Lines, rates and breakers between us and the accounts of providers. */
export type Guard = {
  /**
   * Runs `work` when it is its turn. A failure that another account might not have comes back at once where the
   * breaker is open (`unreachable`) or the line is too long (`busy`); a short `Retry-After` is waited for once.
   */
  run<T>(
    turn: { route: ModelRoute; tenantId: string; priority: TaskTraits["priority"]; signal: AbortSignal },
    work: () => Promise<Result<T, ProviderFailure>>,
  ): Promise<Result<T, ProviderFailure>>;
  /** Whether it has so much to do that light models should do what they can. */
  isLaden(route: ModelRoute): boolean;
};

/** Answers by what was asked, each tenant's apart. */
export type AnswerCache = {
  get(tenantId: string, key: string): { output: unknown } | null;
  put(tenantId: string, key: string, output: unknown, forMs: number): void;
};
