import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { Utterance } from "../../../shared/coaching/utterance.ts";
import { RecordId } from "../../../shared/entities/id.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { Database, Tx } from "../../database/index.ts";

const channel = "ringside_said";
/** PostgreSQL takes 8,000 bytes; a header of ours is in it. */
const mostBytes = 7_800;
/** Gathers what two hundred calls say into few messages between nodes, and is not noticed by anybody. */
const gatherMs = 25;

/** What is being said in a call, for whoever is in it. */
export const Saying = z.object({
  tenantId: z.string(),
  callId: RecordId,
  /** Whose desks hear of it. */
  users: z.array(z.string()),
  utterances: z.array(Utterance),
  /** Nothing more will come, until something does. */
  stopped: z.boolean(),
  /** How far each track was heard for good: what nodes that take tellings of the same call go by. */
  heard: z.record(z.string(), z.int()),
});
export type Saying = z.infer<typeof Saying>;

/** Whatever else a newer node says is none of ours. */
const Payload = z.object({ from: z.string(), said: z.array(Saying) });

export type SaidChannel = Awaited<ReturnType<typeof openSaidChannel>>;

/** Carries what is being said to every node, as it is said: nothing of it is written down here. */
export async function openSaidChannel(db: Database, timers: Timers, onError: (error: unknown) => void) {
  const node = randomUUID();
  const listeners = new Set<(saying: Saying) => void>();
  let waiting: Saying[] = [];

  const hand = (saying: Saying) => {
    for (const listener of listeners) listener(saying);
  };
  const unlisten = await db.listen(channel, (payload) => {
    const read = readPayload(payload);
    if (read === null) onError(new Error("a node of another version said what this one does not know"));
    else if (read.from !== node) for (const saying of read.said) hand(saying);
  });
  const flush = () => {
    if (waiting.length === 0) return;
    const payloads = pack(waiting, node);
    waiting = [];
    db.owner
      .execute(sql`SELECT pg_notify(${channel}, p) FROM unnest(${sql.param(payloads)}::text[]) AS p`)
      .catch(onError);
  };

  return {
    /** Tells this node's desks at once and the other nodes soon. Whoever is away never hears of it. */
    tell(saying: Saying): void {
      hand(saying);
      // An embedded database belongs to one process: there is no other node.
      if (db.kind === "embedded") return;
      if (waiting.length === 0) timers.after(gatherMs, flush);
      waiting.push(saying);
    },
    follow(listener: (saying: Saying) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop(): Promise<void> {
      waiting = [];
      listeners.clear();
      await unlisten();
    },
  };
}

/** Nodes are brought up to date one after the other: a message of another form must end none of them. */
function readPayload(payload: string): z.infer<typeof Payload> | null {
  try {
    return Payload.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

/** Tells every node when the transaction commits. */
export async function announceSaid(tx: Tx, saying: Saying): Promise<void> {
  for (const payload of pack([saying], "")) await tx.execute(sql`SELECT pg_notify(${channel}, ${payload})`);
}

/** Pure: as few payloads as hold them all. */
export function pack(said: readonly Saying[], from: string): string[] {
  const payloads: Saying[][] = [];
  let room = 0;
  for (const saying of said) {
    const fitting = fit(saying);
    const bytes = Buffer.byteLength(JSON.stringify(fitting)) + 1;
    if (bytes > room || payloads.length === 0) {
      payloads.push([]);
      room = mostBytes;
    }
    payloads.at(-1)?.push(fitting);
    room -= bytes;
  }
  return payloads.map((one) => JSON.stringify({ from, said: one }));
}

/** Without the times of its words where they are too many; what is too long even so comes by the feed alone. */
function fit(saying: Saying): Saying {
  const size = (one: Saying) => Buffer.byteLength(JSON.stringify(one));
  if (size(saying) < mostBytes) return saying;
  const bare = { ...saying, utterances: saying.utterances.map((one) => ({ ...one, timing: [] })) };
  return size(bare) < mostBytes ? bare : { ...saying, utterances: [] };
}
