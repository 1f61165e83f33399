import { inSystem } from "../../database/index.ts";
import { questionTo } from "../gateway/attempt.ts";
import { usualRoom } from "../gateway/room.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { Batches, ProviderFailure, Question } from "../provider-port.ts";
import { moveBatch, noteHeld, noteOutcome, readItems, type Batch, type Item } from "./batch-rows.ts";
import type { OpenWork } from "./open-work.ts";
import {
  askAlone,
  askAllAlone,
  endBatch,
  findBatchRoute,
  nothing,
  routeOfBatch,
  settleItem,
  takeRules,
  type BulkDeps,
} from "./steps.ts";

/** A provider answers within 24 hours or not at all; an answer waits for two more. */
const heldForMs = 26 * 3_600_000;

type Keyed = { key: string; question: Question };

/**
 * Holds back what each question of a batch may cost, and sends them together.
 * @returns when to look for answers; nothing where there will be none
 * @throws where it may be sent later; `isLast` says that nobody tries again
 */
export async function sendBatch(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  isLast: boolean,
): Promise<Date | void> {
  const found =
    batch.state === "gathering"
      ? await findBatchRoute(deps, batch.tenantId, work)
      : await routeOfBatch(deps, batch, work);
  const closed = { state: "closed", modelId: found?.route.modelId ?? "" } as const;
  await inSystem(deps.db, (tx) => moveBatch(tx, batch, closed));
  if (found === null) return askAllAlone(deps, work, batch);
  const { route, batches } = found;
  const questions = await holdAll(deps, work, batch, route);
  if (questions.length === 0) return endBatch(deps, batch);
  const turn = { route, tenantId: batch.tenantId, priority: "background" as const, signal: deps.leaving };
  const sent = await deps.guard.run(turn, () => submit(deps, batch, () => batches.submit(batch.id, questions))); // prettier-ignore
  return sent.ok ? noteSent(deps, batch, sent.value) : notSent(deps, work, batch, sent.error, isLast);
}

/** @returns when to look for answers */
export async function noteSent({ db, clock, times }: BulkDeps, batch: Batch, name: string): Promise<Date> {
  const sentAt = new Date(clock.now());
  await inSystem(db, (tx) => moveBatch(tx, batch, { state: "sent", name, sentAt }));
  return new Date(sentAt.getTime() + times.lookEveryMs);
}

/** While it waits in line nothing is sent. From its turn on a server that dies leaves behind what is to be looked for. */
async function submit(
  { db, clock }: BulkDeps,
  batch: Batch,
  send: () => ReturnType<Batches["submit"]>,
): ReturnType<Batches["submit"]> {
  const sentAt = new Date(clock.now());
  await inSystem(db, (tx) => moveBatch(tx, batch, { state: "sending", sentAt }));
  const sent = await send();
  if (!sent.ok && !mayHaveArrived(sent.error))
    await inSystem(db, (tx) => moveBatch(tx, batch, { state: "closed" }));
  return sent;
}

async function holdAll(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  route: ModelRoute,
): Promise<readonly Keyed[]> {
  const questions: Keyed[] = [];
  for (const item of await inSystem(deps.db, (tx) => readItems(tx, batch))) {
    const held = await hold(deps, work, batch, item, route);
    if (held) questions.push(held);
  }
  return questions;
}

/** @returns null where nothing is asked: there is nothing to ask, no room for it, or it is too long */
async function hold(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  item: Item,
  route: ModelRoute,
): Promise<Keyed | null> {
  const { task, form } = work;
  const asked = await work.read(batch.tenantId, item.key);
  if (asked === null) {
    await settleItem(deps, batch, item, { usage: nothing, outcome: "failed" });
    await inSystem(deps.db, (tx) => noteOutcome(tx, batch, item.key, "gone"));
    return null;
  }
  const { composed, byRules, mark } = asked;
  const messages = composed?.messages ?? [];
  const written = composed && questionTo(route, { messages, form, byRules, signal: deps.leaving, room: usualRoom(route, task) }); // prettier-ignore
  // Held back for already, before a server died: what is asked may have changed since.
  if (!written?.ok || (item.asked !== null && item.asked !== mark)) {
    await askAlone(deps, work, batch, item);
    return null;
  }
  const { question, estimate } = written.value;
  if (item.requestId !== null) return { key: item.requestId, question };
  const { feature, name, promptVersion } = task;
  const reserved = await deps.ledger.reserve(
    {
      ...{ tenantId: batch.tenantId, userId: null, feature, task: name, promptVersion, estimate },
      hidden: composed?.hidden ?? null,
      route: { ...route, price: halved(route.price) },
    },
    {
      until: new Date(deps.clock.now() + heldForMs),
      also: (tx, requestId) => noteHeld(tx, batch, { key: item.key, requestId, asked: mark }),
    },
  );
  if (reserved.ok) return { key: reserved.value.requestId, question };
  await takeRules(deps, work, batch, item, reserved.error);
  await inSystem(deps.db, (tx) => noteOutcome(tx, batch, item.key, "gone"));
  return null;
}

/** What OpenAI and Anthropic ask for a batch. */
function halved({ input, output }: ModelRoute["price"]): ModelRoute["price"] {
  return { input: Math.ceil(input / 2), output: Math.ceil(output / 2) };
}

/** Also `failed`: a proxy that waited in vain says 502 or 504 of what has arrived behind it. */
const unclear: ReadonlySet<ProviderFailure["code"]> = new Set([
  ...(["timed-out", "cut-off", "unreadable", "failed"] as const),
]);
const passing: ReadonlySet<ProviderFailure["code"]> = new Set([
  ...(["timed-out", "cut-off", "unreachable", "failed", "busy"] as const),
]);

/** What was never let through, or of which a part alone was sent, says that it used nothing. */
function mayHaveArrived({ code, usage }: ProviderFailure): boolean {
  return unclear.has(code) && usage === null;
}

/** @returns when to look for what may have arrived @throws where it is tried again */
async function notSent(
  deps: BulkDeps,
  work: OpenWork,
  batch: Batch,
  failure: ProviderFailure,
  isLast: boolean,
): Promise<Date | void> {
  if (mayHaveArrived(failure)) return new Date(deps.clock.now() + deps.times.lookEveryMs);
  const { code, message } = failure;
  if (passing.has(code) && !isLast) throw new Error(message);
  return askAllAlone(deps, work, batch, { outcome: code });
}
