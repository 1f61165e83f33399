import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  OpenAIError,
} from "openai";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { AiFailure, AiProvider, Completed, Completion } from "../../ai/index.ts";
import { strictSchema } from "./strict-schema.ts";

export type OpenAiAccess = {
  /** Up to and including `/v1`, of OpenAI or any server of its form. */
  baseUrl: string;
  apiKey: string;
  model: string;
};

/** Chat completions with structured output, as OpenAI and the many servers that speak its form have them. */
export function createOpenAiProvider({ baseUrl, apiKey, model }: OpenAiAccess): AiProvider {
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    // Otherwise the library takes these from this process's environment.
    organization: null,
    project: null,
    // It would log requests, which hold what people said.
    logLevel: "off",
    // Whoever asks knows how long it may take.
    maxRetries: 0,
  });
  return {
    name: "openai",
    complete: (completion) => complete(client, model, completion),
  };
}

async function complete(
  client: OpenAI,
  model: string,
  { messages, schema, schemaName, maxOutputTokens, signal }: Completion,
): Promise<Result<Completed, AiFailure>> {
  try {
    const answer = await client.chat.completions.create(
      {
        model,
        messages: messages.map(({ role, text }) => ({ role, content: text })),
        response_format: {
          type: "json_schema",
          json_schema: { name: schemaName, strict: true, schema: strictSchema(schema) },
        },
        max_completion_tokens: maxOutputTokens,
      },
      { signal },
    );
    return read(answer);
  } catch (error) {
    return err(explain(error, signal));
  }
}

/** The form is somebody else's promise: nothing of it is taken for granted. */
function read(answer: Partial<OpenAI.ChatCompletion>): Result<Completed, AiFailure> {
  const choice = answer.choices?.[0];
  if (choice?.message?.refusal || choice?.finish_reason === "content_filter")
    return err({ code: "refused", message: "The model declined to answer." });
  const { usage } = answer;
  const content: unknown = choice?.message?.content;
  return ok({
    text: typeof content === "string" ? content : "",
    inputTokens: usage?.prompt_tokens ?? null,
    outputTokens: usage?.completion_tokens ?? null,
  });
}

/** Messages are for people and say nothing of what was asked: a provider may quote it in its error. */
function explain(error: unknown, signal: AbortSignal): AiFailure {
  if (signal.aborted || error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
    return { code: "timed-out", message: "The provider gave no answer in time." };
  if (error instanceof APIConnectionError)
    return { code: "unavailable", message: "The provider cannot be reached." };
  if (error instanceof APIError && error.status !== undefined)
    return { code: "unavailable", message: `The provider answered ${error.status}.` };
  // Its body was no JSON, or broke off: nothing of ours is wrong with it.
  if (error instanceof OpenAIError || error instanceof SyntaxError || error instanceof TypeError)
    return { code: "unavailable", message: "The provider's answer could not be read." };
  throw error;
}
