import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { DeviceId } from "../../../shared/entities/id.ts";
import { insightIdStarts } from "../../../shared/entities/insight.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import {
  maxPushEdits,
  protocolVersion,
  type PushResponse,
  type PushResult,
} from "../../../shared/sync/wire.ts";
import type { Progress } from "../database/local-tables.ts";
import type { TakeTurn } from "../database/turns.ts";
import { rpcErrorOf, type EditJournal } from "../edits/edit-journal.ts";
import { recordKey, type Layers } from "../edits/layers.ts";
import type { JournalEntry } from "../journal/index.ts";
import { giveWay } from "../live/slices.ts";
import type { Feed } from "./feed.ts";
import { buildingOn, fitBatch } from "./sendable.ts";
import type { SyncTransport, TransportError } from "./transport.ts";

export type PushPorts = {
  transport: SyncTransport;
  feed: Feed;
  layers: Layers;
  journal: EditJournal;
  takeTurn: TakeTurn;
  device: DeviceId;
  clock: Clock;
  onRefused: (edits: readonly RefusedEdit[]) => void;
};

export type RefusedEdit = { edit: Edit; refusal: Refusal };

/** What stops a push: the way to the server, or this machine's own disk. */
export type PushError = TransportError | { kind: "own-disk"; error: RpcError };

export type Pusher = {
  /** Sends one batch and takes in its outcome. `more`: there is another one to send. */
  pushOnce(signal: AbortSignal): Promise<Result<{ more: boolean }, PushError>>;
};

/** Large enough that a long import goes fast, small enough that its outcome is written without holding anybody up. */
const maxBatchEdits = Math.min(500, maxPushEdits);
const maxBatchBytes = 1_000_000;

export function createPusher(ports: PushPorts): Pusher {
  const { transport, feed, layers, journal, takeTurn, device, clock } = ports;
  let batchLimit = maxBatchEdits;

  async function pushOnce(signal: AbortSignal): Promise<Result<{ more: boolean }, PushError>> {
    // What was just journalled is laid over its record and shown first: the person waits for that, not for this.
    await takeTurn(giveWay);
    const unsent = journal.unsent(batchLimit).map(({ edit }) => edit);
    const epoch = feed.epoch();
    const edits = fitBatch(unsent, maxBatchBytes);
    if (edits.length === 0) return ok({ more: false });
    const told = await feed.sent.listOld(clock.now());
    const known = epoch === null ? {} : { epoch };
    const answer = await transport.push(
      { protocol: protocolVersion, device, edits, settled: told, ...known },
      signal,
    );
    if (!answer.ok && answer.error.kind === "rejected") return narrow(edits, answer.error.message);
    if (!answer.ok) return answer;
    await feed.sent.forget(told);
    batchLimit = maxBatchEdits;
    const outcome = sortOut(edits, answer.value.results);
    // An answer about nothing that was sent would be asked for again at once, for ever.
    if (outcome.taken.length + outcome.refused.length + outcome.dropped.length === 0) {
      return err({ kind: "no-answer", trouble: "The server answered something else than it was asked." });
    }
    // What was taken before a restore that this device has heard of meanwhile is in the journal anew ([REST-5]).
    return takeTurn(async () =>
      epoch !== null && feed.epoch() !== epoch ? ok({ more: true }) : settle(outcome, answer.value),
    );
  }

  /** The server does not even read this batch: halve it until the one edit that is to blame stands alone ([PUSH-5]). */
  async function narrow(
    edits: readonly Edit[],
    message: string,
  ): Promise<Result<{ more: boolean }, PushError>> {
    const [edit] = edits;
    if (edits.length > 1 || !edit) {
      batchLimit = Math.ceil(edits.length / 2);
      return ok({ more: true });
    }
    const refusal: Refusal = { code: "invalid", message: message.slice(0, 500) };
    const said = new Map();
    const outcome: Outcome = isUnasked(edit, refusal)
      ? { taken: [], refused: [], dropped: [edit], said }
      : { taken: [], refused: [{ edit, refusal }], dropped: [], said };
    return takeTurn(() => settle(outcome, null));
  }

  /** Records first, journal last: a crash in between sends again what the server knows already ([PUSH-2]). */
  async function settle(
    { taken, refused, dropped, said }: Outcome,
    readAs: ReadAs | null,
  ): Promise<Result<{ more: boolean }, PushError>> {
    const done = [...taken, ...dropped, ...refused.map(({ edit }) => edit)];
    const heard = done.filter(({ collection }) => readAs && isNews(readAs, feed.position(collection)));
    const tidy = await layers.uncover(done, only(said, heard), await unconfirmedOf(done));
    for (const [collection, ids] of idsByCollection(heard)) await feed.noteAnswered(collection, ids);
    await feed.sent.keep(
      taken.flatMap(({ editId }) => journal.get(editId) ?? []),
      clock.now(),
    );
    const written = await journal.append(entriesOf({ taken, refused, dropped }));
    if (!written.ok) return err({ kind: "own-disk", error: rpcErrorOf(written.error) });
    await tidy();
    if (refused.length > 0) ports.onRefused(refused);
    return ok({ more: journal.counts().unsent > 0 });
  }

  async function unconfirmedOf(edits: readonly Edit[]): Promise<Set<string>> {
    const keys = new Set<string>();
    for (const [collection, ids] of idsByCollection(edits)) {
      for (const id of await feed.unconfirmed(collection, ids)) keys.add(recordKey(collection, id));
    }
    return keys;
  }

  function entriesOf({ taken, refused, dropped }: Omit<Outcome, "said">): JournalEntry[] {
    return [
      ...dropped.map(({ editId }): JournalEntry => ({ type: "discarded", editId })),
      ...taken.map(({ editId }): JournalEntry => ({ type: "answered", editId })),
      ...refused.map(({ edit: { editId }, refusal }): JournalEntry => ({ type: "refused", editId, refusal })),
      ...refused.flatMap(({ edit }) => blockedBy(edit)),
    ];
  }

  function blockedBy(refused: Edit): JournalEntry[] {
    if (refused.kind !== "create") return [];
    const waiting = journal.unsent().map(({ edit }) => edit);
    return buildingOn(refused, waiting).map(({ editId }) => ({
      type: "blocked",
      editId,
      by: refused.editId,
    }));
  }

  return { pushOnce };
}

type Outcome = {
  taken: Edit[];
  refused: RefusedEdit[];
  /** Refused as well, and nobody's to decide on. */
  dropped: Edit[];
  /** The last word on each record, by `recordKey` ([PUSH-6]). */
  said: Map<string, Doc | null>;
};

type ReadAs = Pick<PushResponse, "scope" | "xid">;

/** [PUSH-9] Whether records that were read so may be newer than what the feed has brought. */
function isNews({ scope, xid }: ReadAs, position: Pick<Progress, "scope" | "checkpoint">): boolean {
  return scope === position.scope && BigInt(position.checkpoint.xid) <= BigInt(xid);
}

function only(said: Outcome["said"], edits: readonly Edit[]): Outcome["said"] {
  const keys = new Set(edits.map(({ collection, id }) => recordKey(collection, id)));
  return new Map([...said].filter(([key]) => keys.has(key)));
}

/** Edits that are refused only because the creation before them was wait with it instead ([PUSH-4]). */
function sortOut(edits: readonly Edit[], results: readonly PushResult[]): Outcome {
  const byEdit = new Map(results.map((result) => [result.editId, result]));
  const outcome: Outcome = { taken: [], refused: [], dropped: [], said: new Map() };
  const blocked = new Set<Edit>();
  for (const edit of edits) {
    const result = byEdit.get(edit.editId);
    if (!result) continue;
    outcome.said.set(recordKey(edit.collection, edit.id), result.doc as unknown as Doc | null);
    if (result.outcome !== "refused") outcome.taken.push(edit);
    else if (isUnasked(edit, result.refusal)) outcome.dropped.push(edit);
    else if (!blocked.has(edit)) {
      outcome.refused.push({ edit, refusal: result.refusal });
      if (edit.kind === "create") for (const next of buildingOn(edit, edits)) blocked.add(next);
    }
  }
  return outcome;
}

/**
 * [PUSH-3] Windows tell of showings by themselves, and a desk of a call that is still a colleague's as far as the server
 * knows: of one that is refused nobody could say what to do. If the call turns out to be this person's, the phone tells of
 * it anew: it keeps what it told aside until the server says whose the call is.
 */
function isUnasked({ collection, id, kind }: Edit, { code }: Refusal): boolean {
  if (kind === "report") return code === "not-found" || code === "forbidden";
  return collection === "insights" && id.startsWith(insightIdStarts["card-shown"]);
}

function idsByCollection(edits: readonly Edit[]): Map<CollectionName, string[]> {
  const groups = new Map<CollectionName, string[]>();
  for (const { collection, id } of edits) {
    const ids = groups.get(collection);
    if (ids) ids.push(id);
    else groups.set(collection, [id]);
  }
  return groups;
}
