import type { CollectionName } from "../../../shared/entities/collections.ts";
import { epochOf } from "../../../shared/sync/audience.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import {
  feedStart,
  isAfter,
  type Checkpoint,
  type PullResponse,
  type StreamDown,
} from "../../../shared/sync/wire.ts";
import {
  forgetSeen,
  listUnconfirmed,
  listUnseen,
  markSeen,
  readProgress,
  writeProgress,
  type Progress,
  type RunSql,
} from "../database/local-tables.ts";
import type { TakeTurn } from "../database/turns.ts";
import type { Layers } from "../edits/layers.ts";
import { giveWay } from "../live/slices.ts";
import { createSentEdits, type SentEdits } from "./sent-edits.ts";

/** A part of the feed as the stream brings it, and the scope for which that stream was opened. */
export type Batch = Omit<Extract<StreamDown, { type: "changes" }>, "type"> & { scope: string };

/** What arrives from the server, and how far it has come in each collection. */
export type Feed = {
  position(collection: CollectionName): Progress;
  /** True once every collection has been pulled to its end. */
  isComplete(): boolean;
  /**
   * Stores a page, then the position after it ([PULL-3]).
   * @param asked the position after which the page goes on
   * @returns false where the collection has moved since the page was asked for, as where it is pulled anew: it counts for
   * nothing, for what lies between would never come
   */
  takePage(collection: CollectionName, page: PullResponse, asked: Checkpoint): Promise<boolean>;
  /** `missed`: something lies between what we hold and this batch ([STREAM-2]), or it is another scope's. */
  takeBatch(batch: Batch): Promise<"taken" | "known" | "missed">;
  /** Pulls a collection anew for this scope, keeping what is held until the end ([AUD-4]). */
  restart(collection: CollectionName, scope: string): Promise<void>;
  /** Collections that were pulled for another scope than this one. */
  outOfScope(scope: string): CollectionName[];
  /** To be told of records that the server has answered a push with: a second pull must not drop them. */
  noteAnswered(collection: CollectionName, ids: readonly string[]): Promise<void>;
  /** Records of which this feed has not spoken yet: whatever it says of them counts ([REST-1]). */
  unconfirmed(collection: CollectionName, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Of the server that this was pulled from; null while that is nothing ([REST-5]). */
  epoch(): string | null;
  /** Whether the server was put back to a backup since the last pull. */
  isOfOtherEpoch(scope: string): boolean;
  readonly sent: SentEdits;
};

export type FeedPorts = {
  collections: readonly CollectionName[];
  sql: RunSql;
  table: (collection: CollectionName) => string;
  layers: Layers;
  takeTurn: TakeTurn;
  /** Records of a page written at once: the process answers nothing else meanwhile. */
  sliceLength?: number;
};

/**
 * Of what others change while somebody works: fewer, as whoever searches waits for a slice. With fifty a slice holds the
 * process half as long as two hundred do, and all of it costs a third more; with a hundred it is two thirds, for a tenth.
 */
const liveSliceLength = 100;

export async function openFeed(ports: FeedPorts): Promise<Feed> {
  const { collections, sql, table, layers, takeTurn, sliceLength = 1_000 } = ports;
  const positions = new Map<CollectionName, Progress>(collections.map((name) => [name, startOf(name)]));
  for (const stored of await readProgress(sql)) {
    if (positions.has(stored.collection)) positions.set(stored.collection, stored);
  }

  function position(collection: CollectionName): Progress {
    const found = positions.get(collection);
    if (!found) throw new Error(`this replica does not hold ${collection}`);
    return found;
  }

  function epochs(): string[] {
    return [...positions.values()].flatMap(({ scope }) => (scope === "" ? [] : epochOf(scope)));
  }

  async function move(progress: Progress): Promise<void> {
    await writeProgress(sql, progress);
    positions.set(progress.collection, progress);
  }

  async function takePage(
    collection: CollectionName,
    page: PullResponse,
    asked: Checkpoint,
  ): Promise<boolean> {
    const before = position(collection);
    if (before.scope !== "" && before.scope !== page.scope) return false;
    if (!isSame(before.checkpoint, asked)) return false;
    const isCurrent = () => positions.get(collection) === before;
    const likelyNew = !before.complete && !before.repull;
    for (let start = 0; start < page.docs.length; start += sliceLength) {
      const slice = page.docs.slice(start, start + sliceLength) as unknown as Doc[];
      await takeTurn(async () => isCurrent() && receive(before, slice, [], likelyNew));
      await giveWay();
    }
    const after: Progress = {
      ...before,
      checkpoint: page.checkpoint,
      scope: page.scope,
      done: before.done + page.docs.length,
      total: page.total ?? before.total,
    };
    const isTaken = await takeTurn(async () => {
      if (!isCurrent()) return false;
      if (page.gone.length > 0) await receive(before, [], page.gone);
      await move(after);
      return true;
    });
    if (isTaken && page.done) await finish(after);
    return isTaken;
  }

  async function receive(
    { collection, repull }: Progress,
    docs: readonly Doc[],
    gone: readonly string[],
    likelyNew = false,
  ): Promise<void> {
    if (!repull) return layers.receive(collection, docs, gone, likelyNew);
    const ids = docs.map(({ id }) => id);
    await layers.receive(collection, docs, gone, likelyNew, await listUnconfirmed(sql, collection, ids));
    await markSeen(sql, collection, ids);
  }

  async function finish(progress: Progress): Promise<void> {
    const { collection, complete, repull } = progress;
    if (complete && !repull) return;
    await takeTurn(async () => {
      if (positions.get(collection) !== progress) return;
      if (repull) await dropUnseen(collection);
      await move({ ...progress, complete: true, repull: false });
      // Last: should this end in between, what has come is dropped by no later look at what has not.
      if (repull) await forgetSeen(sql, collection);
    });
  }

  async function dropUnseen(collection: CollectionName): Promise<void> {
    const unseen = await listUnseen(sql, collection, table(collection));
    for (let start = 0; start < unseen.length; start += sliceLength) {
      await layers.receive(collection, [], unseen.slice(start, start + sliceLength));
    }
  }

  function takeBatch(batch: Batch): Promise<"taken" | "known" | "missed"> {
    return takeTurn(async () => {
      const progress = position(batch.collection);
      // A stream that has not heard of its end yet may still bring what was before a restore.
      if (progress.scope !== batch.scope) return "missed";
      if (!isAfter(batch.to, progress.checkpoint)) return "known";
      if (!progress.complete || progress.repull || isAfter(batch.from, progress.checkpoint)) return "missed";
      const [first = [], ...others] = slicesOf(batch.docs as unknown as Doc[]);
      await receive(progress, first, batch.gone);
      for (const slice of others) {
        await giveWay();
        await receive(progress, slice, []);
      }
      await move({ ...progress, checkpoint: batch.to });
      return "taken";
    });
  }

  function restart(collection: CollectionName, scope: string): Promise<void> {
    return takeTurn(async () => {
      const { complete } = position(collection);
      await forgetSeen(sql, collection);
      // What is sent from now on is answered for this scope, and may be answered before the first page comes ([PUSH-9]).
      await move({ ...startOf(collection), scope, complete, repull: true });
    });
  }

  return {
    position,
    isComplete: () => [...positions.values()].every(({ complete }) => complete),
    takePage,
    takeBatch,
    restart,
    outOfScope: (scope) =>
      [...positions.values()]
        .filter((progress) => progress.scope !== "" && progress.scope !== scope)
        .map(({ collection }) => collection),
    async noteAnswered(collection, ids) {
      if (position(collection).repull) await markSeen(sql, collection, ids);
    },
    async unconfirmed(collection, ids) {
      return position(collection).repull ? listUnconfirmed(sql, collection, ids) : new Set();
    },
    epoch: () => epochs()[0] ?? null,
    isOfOtherEpoch: (scope) => epochs().some((epoch) => epoch !== epochOf(scope)),
    sent: createSentEdits(sql),
  };
}

/** Alike in length, and none shorter than a live slice unless all of it is: a flood's last one is no edit of somebody's. */
function slicesOf(docs: readonly Doc[]): Doc[][] {
  const count = Math.max(1, Math.floor(docs.length / liveSliceLength));
  const startOfSlice = (at: number) => Math.floor((at * docs.length) / count);
  return Array.from({ length: count }, (_, at) => docs.slice(startOfSlice(at), startOfSlice(at + 1)));
}

function isSame(a: Checkpoint, b: Checkpoint): boolean {
  return a.xid === b.xid && a.seq === b.seq;
}

function startOf(collection: CollectionName): Progress {
  return {
    collection,
    checkpoint: feedStart,
    scope: "",
    complete: false,
    repull: false,
    done: 0,
    total: null,
  };
}
