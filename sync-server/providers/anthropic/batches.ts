import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type {
  Batches,
  BatchState,
  Completed,
  FoundBatch,
  ProviderFailure,
  SoughtBatch,
} from "../../ai/index.ts";
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
    // It takes no name of ours, and keeps the keys of the questions.
    submit: (_mark, questions) =>
      orFailure(explainSent, async () => {
        const requests = questions.map(({ key, question }) => ({ custom_id: key, params: bodyOf(question) }));
        const created = Batch.safeParse(await batches.create({ requests }));
        return created.success ? ok(created.data.id) : failed("unreadable");
      }),
    find: (sought, signal) => orFailure(explainFor(signal), () => find(client, sought, signal)),
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
  const lines = await linesOf(client, batch, signal);
  const answers = lines.map(({ custom_id, result }) => [custom_id, readResult(result)] as const);
  return ok({ state: "done", answers: new Map(answers) });
}

async function linesOf(client: Anthropic, batch: string, signal: AbortSignal): Promise<Line[]> {
  // The library would take our key wherever the batch's own link to its results leads.
  const path = `/v1/messages/batches/${encodeURIComponent(batch)}/results`;
  const lines = readJsonLines(await (await client.get(path, { signal }).asResponse()).text());
  return lines.flatMap((line) => Line.safeParse(line).data ?? []);
}

/** Looks through the batches since then, the newest of which stand first. What one was asked it tells when it has ended. */
async function find(
  client: Anthropic,
  { keys, since }: SoughtBatch,
  signal: AbortSignal,
): Promise<Result<FoundBatch, ProviderFailure>> {
  let lookedAt = 0;
  let isUnclear = false;
  for await (const one of client.messages.batches.list({ limit: 100 }, { signal })) {
    const { data } = Listed.safeParse(one);
    if (!data) return failed("unreadable");
    if (Date.parse(data.created_at) < since.getTime() - skewMs) break;
    if ((lookedAt += 1) > mostLookedAt) return ok({ state: "unclear" });
    if (sizeOf(data.request_counts) !== keys.length) continue;
    if (data.processing_status !== "ended") isUnclear = true;
    else if ((await linesOf(client, data.id, signal)).some(({ custom_id }) => keys.includes(custom_id)))
      return ok({ state: "found", batch: data.id });
  }
  return ok({ state: isUnclear ? "unclear" : "none" });
}

function sizeOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function readResult({ type, message, error }: Line["result"]): Answer {
  if (type === "succeeded") return readMessage(message);
  if (type === "errored") return err(failureOfAnswer(undefined, error));
  // Cancelled, or a day has passed.
  return err(failure("timed-out"));
}

/** Of an account that sends more in an hour nobody knows. */
const mostLookedAt = 1_000;
/** Their clock may be behind ours. */
const skewMs = 3_600_000;

const Batch = z.object({ id: z.string().min(1), processing_status: z.string() });
const Listed = Batch.extend({
  created_at: z.iso.datetime({ offset: true }),
  /** By what has become of them. */
  request_counts: z.record(z.string(), z.number()),
});
type Line = z.infer<typeof Line>;
const Line = z.object({
  custom_id: z.string(),
  result: z.object({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() }),
});
