import type { Clock } from "../../../shared/result/ports.ts";
import { inSystem, type Database } from "../../database/index.ts";
import { chooseRoutes } from "../gateway/choose-routes.ts";
import { fromRules } from "../gateway/parts.ts";
import type { Catalogue, Guard, Ledger, ModelRoute, Settlement } from "../parts-port.ts";
import type { AiFailure, BrokeOff } from "../port.ts";
import type { Batches, Usage } from "../provider-port.ts";
import { isAskedAnew, moveBatch, noteOutcome, readItems, type Batch, type Item } from "./batch-rows.ts";
import type { OpenWork } from "./open-work.ts";

export type BulkDeps = {
  db: Database;
  clock: Clock;
  catalogue: Catalogue;
  ledger: Ledger;
  guard: Guard;
  times: BulkTimes;
  /** This server stops: what waits in line is left to the next. */
  leaving: AbortSignal;
};

export type BulkTimes = {
  /** From the first question of a batch until it is sent. */
  gatherMs: number;
  /** Between two looks whether it is answered. */
  lookEveryMs: number;
};

export type BatchRoute = { route: ModelRoute; batches: Batches };

/** Providers end a batch after a day, answered or not. */
export const answeredWithinMs = 25 * 3_600_000;

/** The model that would answer it by itself, where that takes batches; another one might answer worse. */
export async function findBatchRoute(
  deps: Pick<BulkDeps, "catalogue" | "guard">,
  tenantId: string,
  { task }: OpenWork,
): Promise<BatchRoute | null> {
  const [route] = await chooseRoutes(deps, { tenantId, userId: null }, task);
  return route?.provider.batches ? { route, batches: route.provider.batches } : null;
}

/** The model that a batch was closed for, as long as there is one of that name. */
export async function routeOfBatch(
  deps: BulkDeps,
  { tenantId, modelId }: Batch,
  { task }: OpenWork,
): Promise<BatchRoute | null> {
  const routes = await chooseRoutes(deps, { tenantId, userId: null }, task);
  const route = routes.find((one) => one.modelId === modelId);
  return route?.provider.batches ? { route, batches: route.provider.batches } : null;
}

export const nothing: Usage = { inputTokens: 0, outputTokens: 0 };

/** Settles what is held back for an item. @param usage null = as expected */
export async function settleItem(
  { ledger }: BulkDeps,
  { tenantId }: Batch,
  { requestId }: Item,
  { usage, outcome }: Pick<Settlement, "usage" | "outcome">,
): Promise<void> {
  if (requestId === null) return;
  await ledger.settle({ tenantId, requestId }, { usage, outcome, latencyMs: 0, firstMs: null });
}

type Alone = Partial<Pick<Settlement, "usage" | "outcome"> & { brokeOff: BrokeOff | null }>;

/** Gives back what is held back for an item, and has it asked by itself unless it is in another batch by now. */
export async function askAlone(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  item: Item,
  { usage = nothing, outcome = "failed", brokeOff = null }: Alone = {},
): Promise<void> {
  await settleItem(deps, batch, item, { usage, outcome });
  const { tenantId } = batch;
  const isElsewhere = await inSystem(deps.db, (tx) => isAskedAnew(tx, batch, item.key));
  if (!isElsewhere) await work.askAlone(tenantId, item.key, brokeOff);
  await inSystem(deps.db, (tx) => noteOutcome(tx, batch, item.key, "alone"));
}

export async function askAllAlone(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  how: Alone = {},
): Promise<void> {
  for (const item of await inSystem(deps.db, (tx) => readItems(tx, batch)))
    await askAlone(deps, work, batch, item, how);
  await endBatch(deps, batch);
}

const unknown: AiFailure = {
  code: "unavailable",
  message: "It was asked together with others, and no answer came back.",
};

/**
 * Nobody knows whether the provider has answered it, and bills it: it is paid as expected, and not asked a second time.
 */
export async function giveUp(deps: BulkDeps, work: OpenWork, batch: Batch): Promise<void> {
  for (const item of await inSystem(deps.db, (tx) => readItems(tx, batch))) {
    await settleItem(deps, batch, item, { usage: null, outcome: "timed-out" });
    await takeRules(deps, work, batch, item, unknown);
    await inSystem(deps.db, (tx) => noteOutcome(tx, batch, item.key, "lost"));
  }
  await endBatch(deps, batch);
}

/** The rules' answer, with what kept the model from its own. */
export async function takeRules(
  deps: BulkDeps,
  work: OpenWork,
  { tenantId }: Batch,
  { key }: Item,
  instead: AiFailure,
): Promise<void> {
  const asked = await work.read(tenantId, key);
  await asked?.takeRules(fromRules(deps, { tenantId, userId: null, task: work.task }, instead));
}

export async function endBatch({ db }: BulkDeps, batch: Batch): Promise<void> {
  await inSystem(db, (tx) => moveBatch(tx, batch, { state: "over" }));
}
