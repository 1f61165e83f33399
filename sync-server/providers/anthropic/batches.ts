import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Batches, BatchState, Completed, ProviderFailure } from "../../ai/index.ts";
import { failureOfAnswer } from "../wire/explain-error.ts";
import { failed, failure } from "../wire/failure.ts";
import { readJsonLines } from "../wire/json-lines.ts";
import { orFailure } from "../wire/or-failure.ts";
import { readMessage } from "./answers.ts";
import { explainFor, explainSent } from "./client.ts";
import { bodyOf } from "./messages.ts";

type Answer = Result<Completed, ProviderFailure>;

/** Message batches: questions go up in one request, answers come down as lines of JSON. */
export function createBatches(client: Anthropic): Batches {
  const { batches } = client.messages;
  return {
    submit: (questions) =>
      orFailure(explainSent, async () => {
        const requests = questions.map(({ key, question }) => ({ custom_id: key, params: bodyOf(question) }));
        const created = Batch.safeParse(await batches.create({ requests }));
        return created.success ? ok(created.data.id) : failed("unreadable");
      }),
    read: (batch, signal) => orFailure(explainFor(signal), () => read(client, batch, signal)),
    cancel: (batch, signal) =>
      orFailure(explainFor(signal), async () => {
        await batches.cancel(batch, {}, { signal });
        return ok(null);
      }),
  };
}

async function read(
  client: Anthropic,
  batch: string,
  signal: AbortSignal,
): Promise<Result<BatchState, ProviderFailure>> {
  const found = Batch.safeParse(await client.messages.batches.retrieve(batch, {}, { signal }));
  if (!found.success) return failed("unreadable");
  if (found.data.processing_status !== "ended") return ok({ state: "running" });
  // The library would take our key wherever the batch's own link to its results leads.
  const path = `/v1/messages/batches/${encodeURIComponent(batch)}/results`;
  const lines = readJsonLines(await (await client.get(path, { signal }).asResponse()).text());
  const answers = lines.flatMap((line) => {
    const { data } = Line.safeParse(line);
    return data ? [[data.custom_id, readResult(data.result)] as const] : [];
  });
  return ok({ state: "done", answers: new Map(answers) });
}

function readResult({ type, message, error }: z.infer<typeof Line>["result"]): Answer {
  if (type === "succeeded") return readMessage(message);
  if (type === "errored") return err(failureOfAnswer(undefined, error));
  // Cancelled, or a day has passed.
  return err(failure("timed-out"));
}

const Batch = z.object({ id: z.string().min(1), processing_status: z.string() });
const Line = z.object({
  custom_id: z.string(),
  result: z.object({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() }),
});
