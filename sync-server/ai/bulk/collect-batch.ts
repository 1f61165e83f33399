import { err, type Result } from "../../../shared/result/result.ts";
import { inSystem } from "../../database/index.ts";
import { fromModel } from "../gateway/parts.ts";
import { brokeOffBy } from "../gateway/room.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { Completed, ProviderFailure } from "../provider-port.ts";
import { noteOutcome, readItems, type Batch, type Item } from "./batch-rows.ts";
import type { OpenWork } from "./open-work.ts";
import {
  answeredWithinMs,
  askAlone,
  askAllAlone,
  endBatch,
  giveUp,
  routeOfBatch,
  settleItem,
  takeRules,
  type BatchRoute,
  type BulkDeps,
} from "./steps.ts";

const readWithinMs = 120_000;

type Answer = Result<Completed, ProviderFailure>;

/** Looks for the answers of a batch that was sent. @returns when to look again; nothing when it is over */
export async function collectBatch(deps: BulkDeps, work: OpenWork, batch: Batch): Promise<Date | void> {
  const found = await routeOfBatch(deps, batch, work);
  if (found === null) return modelGone(deps, work, batch);
  const state = await read(deps, found, batch);
  if (state.ok && state.value.state === "done")
    return takeAll(deps, work, batch, found.route, state.value.answers);
  // The provider refused the batch as a whole: nothing of it was answered.
  if (!state.ok && state.error.code === "unsupported") return askAllAlone(deps, work, batch);
  const now = deps.clock.now();
  if (now < Date.parse(batch.sentAt ?? "") + answeredWithinMs) return new Date(now + deps.times.lookEveryMs);
  await found.batches.cancel(batch.name ?? "", AbortSignal.timeout(readWithinMs));
  return giveUp(deps, work, batch);
}

/**
 * It was removed or switched off since: nobody may ask its provider for the answers any more, which bills what it was
 * sent. Whichever model answers now is asked.
 */
function modelGone(deps: BulkDeps, work: OpenWork, batch: Batch): Promise<void> {
  return askAllAlone(deps, work, batch, { outcome: "cut-off", usage: null });
}

function read({ guard }: BulkDeps, { route, batches }: BatchRoute, { tenantId, name }: Batch) {
  const signal = AbortSignal.timeout(readWithinMs);
  const turn = { route, tenantId, priority: "background" as const, signal };
  return guard.run(turn, () => batches.read(name ?? "", signal));
}

async function takeAll(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  route: ModelRoute,
  answers: ReadonlyMap<string, Answer>,
): Promise<void> {
  for (const item of await inSystem(deps.db, (tx) => readItems(tx, batch)))
    await takeOne(deps, work, batch, item, route, answers.get(item.requestId ?? "") ?? unanswered);
  await endBatch(deps, batch);
}

/** What ran out before its turn came is not billed. */
const unanswered: Answer = err({
  ...{ code: "timed-out", message: "Its turn did not come.", retryAfterMs: null },
  usage: { inputTokens: 0, outputTokens: 0 },
});

/** Each is taken before it is settled and noted: a server that dies in between takes it once more. */
async function takeOne(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  item: Item,
  route: ModelRoute,
  answer: Answer,
): Promise<void> {
  if (!answer.ok) return takeFailure(deps, work, batch, item, answer.error);
  const { usage, text } = answer.value;
  const asked = await work.read(batch.tenantId, item.key);
  if (asked === null) return note(deps, batch, item, { usage, outcome: "answered" }, "gone");
  const isItsOwn = asked.mark === item.asked;
  const holds = isItsOwn && (await asked.take(text, fromModel(item.requestId ?? "", route.label), route));
  if (holds) return note(deps, batch, item, { usage, outcome: "answered" }, "answered");
  // Something was said anew meanwhile, or the model kept to no form: by itself it is told what is wrong, or has more room.
  if (!isItsOwn) return askAlone(deps, work, batch, item, { usage, outcome: "answered" });
  const by = brokeOffBy(answer.value);
  const brokeOff = by && { modelId: batch.modelId, by };
  return askAlone(deps, work, batch, item, { usage, outcome: "invalid", brokeOff });
}

async function takeFailure(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  item: Item,
  { code, message, usage }: ProviderFailure,
): Promise<void> {
  if (code !== "refused") return askAlone(deps, work, batch, item, { usage, outcome: code });
  await takeRules(deps, work, batch, item, { code, message });
  return note(deps, batch, item, { usage, outcome: code }, "answered");
}

async function note(
  deps: BulkDeps,
  batch: Batch,
  item: Item,
  settlement: Parameters<typeof settleItem>[3],
  outcome: Parameters<typeof noteOutcome>[3],
): Promise<void> {
  await settleItem(deps, batch, item, settlement);
  await inSystem(deps.db, (tx) => noteOutcome(tx, batch, item.key, outcome));
}
