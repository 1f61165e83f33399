import type { Checkpoint } from "../../../shared/sync/wire.ts";
import { sendBatch, type Connection } from "./connection.ts";
import type { FeedBatch, FeedRow } from "./feed-reader.ts";

type Share = { docs: number[]; gone: number[] };

/**
 * Gives each device what it may see of a batch, and what it may no longer see ([AUD-2]). A device without a share
 * gets nothing; its next batch begins where its last one ended.
 * @returns how many messages were sent
 */
export function distribute(
  connections: Iterable<Connection>,
  batch: FeedBatch & { rows: FeedRow[] },
): number {
  const text = createWriter(batch);
  let sent = 0;
  for (const [connection, share] of shareOut(connections, batch.rows)) {
    if (sendBatch(connection, batch.collection, batch.to, (from) => text(from, share))) sent += 1;
  }
  return sent;
}

/** Pure: which rows reach which device, as records or as gone. */
export function shareOut<C extends { keys: readonly string[] }>(
  connections: Iterable<C>,
  rows: readonly Pick<FeedRow, "deleted" | "audience" | "former">[],
): Map<C, Share> {
  const byKey = groupByKey(connections);
  const shares = new Map<C, Share>();
  const shareOf = (connection: C): Share => {
    const share = shares.get(connection) ?? { docs: [], gone: [] };
    shares.set(connection, share);
    return share;
  };
  rows.forEach((row, index) => {
    const seeing = holdersOf(byKey, row.audience);
    for (const connection of seeing) shareOf(connection)[row.deleted ? "gone" : "docs"].push(index);
    for (const connection of holdersOf(byKey, row.former)) {
      if (!seeing.has(connection)) shareOf(connection).gone.push(index);
    }
  });
  return shares;
}

function groupByKey<C extends { keys: readonly string[] }>(connections: Iterable<C>): Map<string, C[]> {
  const byKey = new Map<string, C[]>();
  for (const connection of connections) {
    for (const key of connection.keys) {
      const holders = byKey.get(key);
      if (holders) holders.push(connection);
      else byKey.set(key, [connection]);
    }
  }
  return byKey;
}

function holdersOf<C>(byKey: ReadonlyMap<string, C[]>, keys: readonly string[]): Set<C> {
  return new Set(keys.flatMap((key) => byKey.get(key) ?? []));
}

/** Makes the text of a message once for all devices that stand at the same place and see the same. */
function createWriter({ collection, to, rows }: FeedBatch & { rows: FeedRow[] }) {
  const written = new Map<string, string>();
  return (from: Checkpoint, { docs, gone }: Share): string => {
    const key = `${from.xid} ${from.seq} ${docs.join()} ${gone.join()}`;
    let text = written.get(key);
    if (text === undefined) {
      text =
        `{"type":"changes","collection":"${collection}","from":${JSON.stringify(from)},"to":${JSON.stringify(to)},` +
        `"docs":[${docs.map((index) => rows[index]?.doc).join()}],` +
        `"gone":${JSON.stringify(gone.map((index) => rows[index]?.id))}}`;
      written.set(key, text);
    }
    return text;
  };
}
