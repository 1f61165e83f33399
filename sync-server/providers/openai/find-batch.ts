import { z } from "zod";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { FoundBatch, ProviderFailure, SoughtBatch } from "../../ai/index.ts";
import { failed } from "../wire/failure.ts";
import type { Wire } from "./client.ts";

/** What a batch carries of ours; the provider keeps it with it. */
export const markedBy = "ringside_batch";

/** Of an account that sends more in an hour nobody knows. */
const mostLookedAt = 1_000;
/** Their clock may be behind ours. */
const skewMs = 3_600_000;

/** Looks through the batches since then, the newest of which stand first, for the one that carries our mark. */
export async function findBatch(
  wire: Wire,
  { mark, keys, since }: SoughtBatch,
  signal: AbortSignal,
): Promise<Result<FoundBatch, ProviderFailure>> {
  let lookedAt = 0;
  for await (const one of wire.client.batches.list({ limit: 100 }, { signal })) {
    const listed = Listed.safeParse(one);
    if (!listed.success) return failed("unreadable");
    const { id, created_at, metadata } = listed.data;
    if (created_at * 1_000 < since.getTime() - skewMs) break;
    const marked = metadata?.[markedBy];
    if (marked === undefined ? await holdsKeys(wire, listed.data, keys, signal) : marked === mark)
      return ok({ state: "found", batch: id });
    if ((lookedAt += 1) >= mostLookedAt) return ok({ state: "unclear" });
  }
  return ok({ state: "none" });
}

/** A server of OpenAI's form may keep no mark: its questions say whose they are. */
async function holdsKeys(
  { client }: Wire,
  { input_file_id, request_counts }: z.infer<typeof Listed>,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const [key] = keys;
  if (!key || !input_file_id || (request_counts?.total && request_counts.total !== keys.length)) return false;
  return (await (await client.files.content(input_file_id, { signal })).text()).includes(key);
}

const Listed = z.object({
  id: z.string().min(1),
  /** Seconds since the epoch. */
  created_at: z.number(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  input_file_id: z.string().nullish(),
  request_counts: z.object({ total: z.number() }).nullish(),
});
