import { toFile } from "openai";
import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Batches, BatchState, Completed, ProviderFailure, Question } from "../../ai/index.ts";
import { failureOfAnswer } from "../wire/explain-error.ts";
import { failed } from "../wire/failure.ts";
import { readJsonLines } from "../wire/json-lines.ts";
import { orFailure } from "../wire/or-failure.ts";
import { readCompletion } from "./answers.ts";
import { bodyOf } from "./chat.ts";
import { explainFor, explainSent, type Wire } from "./client.ts";
import { findBatch, markedBy } from "./find-batch.ts";

const endpoint = "/v1/chat/completions";
type Answer = Result<Completed, ProviderFailure>;
type Questions = readonly { key: string; question: Question }[];

/** A file of questions goes up; a file of answers and one of errors come down. */
export function createBatches(wire: Wire): Batches {
  const { batches } = wire.client;
  return {
    submit: (mark, questions) => submit(wire, mark, questions),
    find: (sought, signal) => orFailure(explainFor(signal), () => findBatch(wire, sought, signal)),
    read: (batch, signal) => orFailure(explainFor(signal), () => read(wire, batch, signal)),
    cancel: (batch, signal) =>
      orFailure(explainFor(signal), async () => {
        await batches.cancel(batch, { signal });
        return ok(null);
      }),
  };
}

async function submit(
  wire: Wire,
  mark: string,
  questions: Questions,
): Promise<Result<string, ProviderFailure>> {
  const uploaded = await orFailure(explainFor(undefined), () => upload(wire, questions));
  // A file alone asks nothing.
  if (!uploaded.ok) return err({ ...uploaded.error, usage: { inputTokens: 0, outputTokens: 0 } });
  const metadata = { [markedBy]: mark };
  const batch = { input_file_id: uploaded.value, endpoint, completion_window: "24h", metadata } as const;
  return orFailure(explainSent, async () => nameOf(await wire.client.batches.create(batch)));
}

/** @returns the file's name */
async function upload(wire: Wire, questions: Questions): Promise<Result<string, ProviderFailure>> {
  const lines = questions.map(({ key, question }) =>
    JSON.stringify({ custom_id: key, method: "POST", url: endpoint, body: bodyOf(wire, question) }),
  );
  const file = await toFile(Buffer.from(lines.join("\n")), "questions.jsonl");
  return nameOf(await wire.client.files.create({ file, purpose: "batch" }));
}

function nameOf(made: unknown): Result<string, ProviderFailure> {
  const named = Named.safeParse(made);
  return named.success ? ok(named.data.id) : failed("unreadable");
}

async function read(
  wire: Wire,
  batch: string,
  signal: AbortSignal,
): Promise<Result<BatchState, ProviderFailure>> {
  const found = Batch.safeParse(await wire.client.batches.retrieve(batch, { signal }));
  if (!found.success) return failed("unreadable");
  const { status, output_file_id, error_file_id } = found.data;
  if (status === "failed") return failed("unsupported");
  if (!over.has(status)) return ok({ state: "running" });
  const answers = new Map<string, Answer>();
  for (const file of [error_file_id, output_file_id])
    for (const line of file ? await linesOf(wire, file, signal) : []) answers.set(...line);
  return ok({ state: "done", answers });
}

/** What was answered before a batch ran out or was cancelled stands in its files all the same. */
const over: ReadonlySet<string> = new Set(["completed", "expired", "cancelled"]);

async function linesOf({ client }: Wire, file: string, signal: AbortSignal): Promise<[string, Answer][]> {
  const content = await (await client.files.content(file, { signal })).text();
  return readJsonLines(content).flatMap((line) => readLine(line) ?? []);
}

/** @returns null for what names no question; it stays without an answer */
function readLine(line: unknown): [[string, Answer]] | null {
  const found = Line.safeParse(line);
  if (!found.success) return null;
  const { custom_id, response, error } = found.data;
  if (response?.status_code === 200) return [[custom_id, readCompletion(response.body)]];
  return [[custom_id, err(failureOfAnswer(response?.status_code, response?.body ?? error))]];
}

const Named = z.object({ id: z.string().min(1) });
const Batch = z.object({
  status: z.string(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
});
const Line = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.int(), body: z.unknown().optional() }).nullish(),
  error: z.unknown().optional(),
});
