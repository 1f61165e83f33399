import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { DeviceId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { protocolVersion, type Checkpoint, type PullResponse } from "../../../shared/sync/wire.ts";
import { leaveScope, type LeaveScopePorts } from "./leave-scope.ts";
import type { SyncTransport, TransportError } from "./transport.ts";

export type PullPorts = LeaveScopePorts & {
  transport: SyncTransport;
  device: DeviceId;
  pageLength: number;
  /** A page of this collection is stored. */
  onPage: (collection: CollectionName) => void;
  /** What was pulled of these was for another scope, also where that was in this very pull. */
  onBehind: (collections: readonly CollectionName[]) => void;
  /** The collection has reached the end of the feed. */
  onDone: (collection: CollectionName) => Promise<void>;
};

/** Another scope stops no pull: it begins anew. */
export type PullError = Exclude<TransportError, { kind: "scope-changed" }>;
type Answer = { asked: Checkpoint; page: Promise<Result<PullResponse, TransportError>> };

/** First pages asked for ahead: thirteen small collections would otherwise cost thirteen round trips. */
const lookahead = 4;

/**
 * Pulls collections to the end of the feed, one after the other. While a page is written the next one is already
 * on its way, so that the server reads while the device writes.
 */
export async function pullCollections(
  ports: PullPorts,
  collections: readonly CollectionName[],
  signal: AbortSignal,
): Promise<Result<void, PullError>> {
  const firstPages = new Map<CollectionName, Answer>();
  for (const [index, collection] of collections.entries()) {
    for (const next of collections.slice(index, index + lookahead)) {
      if (!firstPages.has(next)) firstPages.set(next, askPage(ports, next, signal));
    }
    const pulled = await pullOne(ports, collection, firstPages.get(collection), signal);
    if (!pulled.ok) return pulled;
  }
  return ok();
}

async function pullOne(
  ports: PullPorts,
  collection: CollectionName,
  firstPage: Answer | undefined,
  signal: AbortSignal,
): Promise<Result<void, PullError>> {
  let answer = firstPage ?? askPage(ports, collection, signal);
  for (;;) {
    const { asked } = answer;
    const page = await answer.page;
    if (!page.ok) {
      const { error } = page;
      if (error.kind !== "scope-changed") return err(error);
      if (signal.aborted) return ok();
      ports.onBehind(await leaveScope(ports, error.scope));
      answer = askPage(ports, collection, signal);
      continue;
    }
    if (signal.aborted) return ok();
    // Asked for before the page is stored; a crash in between repeats a page at most ([PULL-3]).
    if (!page.value.done) answer = askPage(ports, collection, signal, page.value);
    const isTaken = await ports.feed.takePage(collection, page.value, asked);
    ports.onPage(collection);
    if (!isTaken) answer = askPage(ports, collection, signal);
    else if (page.value.done) return ok(await ports.onDone(collection));
  }
}

function askPage(
  { transport, feed, device, pageLength }: PullPorts,
  collection: CollectionName,
  signal: AbortSignal,
  after: Pick<PullResponse, "checkpoint" | "scope"> = feed.position(collection),
): Answer {
  const { checkpoint, scope } = after;
  const question = { protocol: protocolVersion, device, collection, checkpoint, scope, limit: pageLength };
  return { asked: checkpoint, page: transport.pull(question, signal) };
}
