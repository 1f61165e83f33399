import type { Reasoning } from "../../shared/ai/reasoning.ts";
import type { ProviderKind } from "../../shared/ai/vocabulary.ts";
import type { Result } from "../../shared/result/result.ts";

// What the gateway asks of a provider.

export type AiMessage = { role: "system" | "user" | "assistant"; text: string };

export type Question = {
  /** The provider's own name of the model. */
  model: string;
  messages: readonly AiMessage[];
  /** JSON Schema that the answer is to follow, and a name for it; null = prose is asked for. */
  form: { name: string; schema: Record<string, unknown> } | null;
  /** Of the answer alone. */
  maxOutputTokens: number;
  /** Beside the answer: providers count and bill both together. */
  reasoning: Reasoning;
  signal: AbortSignal;
  /** What Ringside's own rules say to it, as text of the form asked for: the built-in provider answers this. */
  byRules: () => string;
};

export type Usage = { inputTokens: number; outputTokens: number };

/**
 * `unreachable`, `failed` (5xx, 529), `busy` (429), `timed-out` and `cut-off` (the connection broke in the middle of
 * an answer) may be better elsewhere or later; `no-access` (401, 403) when somebody changes the key; the others never
 * for this question. The message is for people and quotes nothing of what was asked or answered.
 */
export type ProviderFailure = {
  code:
    | "unreachable"
    | "failed"
    | "busy"
    | "timed-out"
    | "cut-off"
    | "no-access"
    | "refused"
    | "too-long"
    | "unreadable"
    | "unsupported";
  message: string;
  /** Asked for by the provider (Retry-After); null = it did not say. */
  retryAfterMs: number | null;
  /** What it billed nevertheless, as far as it said. */
  usage: Usage | null;
};

/** As far as it came: nobody has checked it. `usage` is null where the provider does not count. */
export type Completed = { text: string; usage: Usage | null; stoppedBy: "end" | "length" };

/** Text as it comes; exactly one `end` comes last, also when it failed in the middle. */
export type Piece =
  { kind: "text"; text: string } | { kind: "end"; result: Result<Completed, ProviderFailure> };

export type EmbedQuestion = { model: string; texts: readonly string[]; signal: AbortSignal };
export type EmbeddedTexts = { vectors: readonly Float32Array[]; usage: Usage | null };

export type DrawQuestion = { model: string; description: string; signal: AbortSignal; byRules: () => string };
export type Picture = {
  bytes: Uint8Array;
  mimeType: "image/png" | "image/jpeg" | "image/webp" | "image/svg+xml";
};
/** `usage` is null where the provider does not say how many tokens it took: few do. */
export type DrawnPicture = Picture & { usage: Usage | null };

/** Half the price, an answer within a day: for work that nobody waits for. */
export type Batches = {
  /**
   * @param mark our own name for it, by which it is found again
   * @returns the provider's name for the batch; a failure that is `timed-out`, `cut-off`, `unreadable` or `failed` and
   * says nothing of its use may have arrived
   */
  submit(
    mark: string,
    questions: readonly { key: string; question: Question }[],
  ): Promise<Result<string, ProviderFailure>>;
  /** Looks for what may have arrived among the batches that the provider has. */
  find(sought: SoughtBatch, signal: AbortSignal): Promise<Result<FoundBatch, ProviderFailure>>;
  read(batch: string, signal: AbortSignal): Promise<Result<BatchState, ProviderFailure>>;
  cancel(batch: string, signal: AbortSignal): Promise<Result<null, ProviderFailure>>;
};
/** `keys` are those of its questions, `since` is when it began to be sent. */
export type SoughtBatch = { mark: string; keys: readonly string[]; since: Date };
/** `unclear`: one may be it, which the provider says only when it is done. */
export type FoundBatch = { state: "found"; batch: string } | { state: "none" | "unclear" };
export type BatchState =
  { state: "running" } | { state: "done"; answers: ReadonlyMap<string, Result<Completed, ProviderFailure>> };

/** Models somewhere. It translates and decides nothing: no retries, no repair, no check of what comes back. */
export type ModelProvider = {
  kind: ProviderKind;
  complete(question: Question): Promise<Result<Completed, ProviderFailure>>;
  stream(question: Question): AsyncIterable<Piece>;
  embed(question: EmbedQuestion): Promise<Result<EmbeddedTexts, ProviderFailure>>;
  draw(question: DrawQuestion): Promise<Result<DrawnPicture, ProviderFailure>>;
  /** How many tokens the messages take, rather too many than too few; without asking anybody. */
  countTokens(messages: readonly AiMessage[]): number;
  /** Null = it has none, or none that we speak. */
  batches: Batches | null;
};

/** Where a provider is and what lets us in. `apiVersion` is Azure's. */
export type ProviderAccess = {
  kind: Exclude<ProviderKind, "rules">;
  baseUrl: string;
  apiKey: string;
  apiVersion: string | null;
};
