import type { z } from "zod";
import type { Result } from "../../shared/result/result.ts";

// What the gateway asks of a provider, and what everybody else asks of the gateway.

/**
 * Why there are no words of a model. `refused`: it declined, or was kept from answering by its maker's rules.
 * `invalid`: no answer of the form that was asked for, also when it was told what was wrong. Neither gets better by
 * asking again; the others may. The message is for people and quotes nothing of what was asked.
 */
export type AiFailure = { code: "unavailable" | "timed-out" | "refused" | "invalid"; message: string };

/** Something that a model is asked for: data of one form in, data of another out. */
export type AiTask<Input, Output> = {
  /** `capability.what`; the name of its prompt's file. */
  name: string;
  /** Of its prompt: resources/prompts/<name>.v<version>.md. */
  promptVersion: number;
  schema: z.ZodType<Output>;
  /** What the model may read; what people said and wrote is in here and never in the prompt. */
  dataOf(input: Input): unknown;
  /** The answer of Ringside's own rules, where no model is set up. */
  byRules(input: Input): Output;
  maxOutputTokens: number;
  /** For everything together, a second attempt included. */
  timeoutMs: number;
};

export type AiRequest<Input, Output> = {
  task: AiTask<Input, Output>;
  input: Input;
  tenantId: string;
  /** Null = the server's own work, in nobody's name. */
  userId: string | null;
  signal?: AbortSignal;
};

export type Generated<Output> = { output: Output; by: "rules" | "model" };

export type Ai = {
  generate<Input, Output>(request: AiRequest<Input, Output>): Promise<Result<Generated<Output>, AiFailure>>;
};

export type AiMessage = { role: "system" | "user" | "assistant"; text: string };

export type Completion = {
  messages: readonly AiMessage[];
  /** JSON Schema that the answer is to follow, and a name for it. */
  schema: Record<string, unknown>;
  schemaName: string;
  maxOutputTokens: number;
  signal: AbortSignal;
};

/** JSON as text, as far as it came: nobody has checked it. Tokens are null where the provider does not count. */
export type Completed = { text: string; inputTokens: number | null; outputTokens: number | null };

/** A model somewhere. It translates and decides nothing: no retries, no repair, no check of what comes back. */
export type AiProvider = {
  name: string;
  complete(completion: Completion): Promise<Result<Completed, AiFailure>>;
};
