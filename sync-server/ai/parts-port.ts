import type { Tx } from "../database/index.ts";
import type { Reasoning } from "../../shared/ai/reasoning.ts";
import type { AiFailureCode, AiFeature, ModelRole } from "../../shared/ai/vocabulary.ts";
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
  /** Of an answer. */
  maxOutputTokens: number;
  /** Beside that. */
  reasoning: Reasoning;
  /** Put before a task's own prompt; empty = nothing. */
  systemMessage: string;
  price: Price;
};

/** In millionths of a US dollar, today: for a million tokens, a minute of sound where it takes any, and a picture. */
export type Price = { input: number; output: number; minute?: number; picture?: number };

/** Of what is paid for, all that the bill needs to know; `speech` listens, and is neither large nor small. */
export type BilledRoute = Pick<ModelRoute, "modelId" | "label" | "price"> & {
  role: ModelRole | "speech";
};

/** With the ms of sound that were listened to, and the pictures that were drawn; both counted by us. */
export type Used = Usage & { soundMs?: number; pictures?: number };

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

export type Attempt<Route extends BilledRoute = ModelRoute> = {
  tenantId: string;
  userId: string | null;
  feature: AiFeature;
  task: string;
  promptVersion: number;
  route: Route;
  /** At most: tokens of the messages, and those that may come. */
  estimate: Used;
  /** How many names, numbers and e-mail addresses leave as placeholders; null = the task needs them, or no words are asked for. */
  hidden: number | null;
};

/** Why there is no room, and when there may be again. */
export type NoRoom = AiFailure & { until: string | null };

export type Settlement = {
  /** What was used; null = the provider did not say, and the estimate is billed. */
  usage: Used | null;
  outcome: "answered" | ProviderFailure["code"] | "invalid";
  /** Null = it went on for as long as somebody spoke. */
  latencyMs: number | null;
  /** Until the first word of a stream; null = it was none. */
  firstMs: number | null;
};

export type Ledger = {
  /** Refuses what would go over a limit, a quota, a rate or a budget, and says until when. */
  reserve(attempt: Attempt<BilledRoute>, keep?: KeepFor): Promise<Result<Reservation, NoRoom>>;
  /**
   * Of what goes on, like sound: bills what was used since the last time, and holds back what may come next. Where there
   * is no room for that (`limited`), or where it could not be written (`unavailable`), nothing is held back any more, and
   * what was used is billed: it is to be settled with nothing more.
   * @throws where what was used could not be billed: it is to be settled with the rest
   */
  goOn(reservation: Reservation, used: Used, next: Used): Promise<Result<void, AiFailure>>;
  /** Why an attempt would be refused now; null = it would be let through. Nothing is held back. */
  refusalOf(attempt: Attempt<BilledRoute>): Promise<NoRoom | null>;
  /** With what was used, since it last went on where it did. A second time changes nothing. */
  settle(reservation: Reservation, settlement: Settlement): Promise<void>;
  /** An answer that cost nothing: of the cache, or of the rules. @returns the request's id at once; it is kept soon after */
  note(
    answer: Omit<Attempt, "route" | "estimate" | "hidden"> & {
      modelId: string;
      from: "cache" | "rules";
      /** Of the rules: what kept models from answering; null = none is set up. */
      instead: AiFailureCode | null;
    },
  ): string;
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
  /** Why it would not answer now, as far as was seen last; null = nothing speaks against it. Nobody is asked. */
  troubleOf(route: ModelRoute): ProviderFailure | null;
  /** Whether it has so much to do that light models should do what they can. */
  isLaden(route: ModelRoute): boolean;
};

/** Answers by what was asked, each tenant's apart. */
export type AnswerCache = {
  get(tenantId: string, key: string): { output: unknown } | null;
  put(tenantId: string, key: string, output: unknown, forMs: number): void;
};
