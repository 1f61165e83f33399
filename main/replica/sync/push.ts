import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { DeviceId, EditId } from "../../../shared/entities/id.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { maxPushEdits, protocolVersion, type PushResult } from "../../../shared/sync/wire.ts";
import type { TakeTurn } from "../database/turns.ts";
import type { JournalChange } from "../edits/journal-port.ts";
import { recordKey, type Layers } from "../edits/layers.ts";
import type { Unsent } from "../edits/unsent.ts";
import type { Feed } from "./feed.ts";
import { buildsOn, nextBatch } from "./sendable.ts";
import type { SyncTransport, TransportError } from "./transport.ts";

export type PushPorts = {
  transport: SyncTransport;
  feed: Feed;
  layers: Layers;
  unsent: Unsent;
  takeTurn: TakeTurn;
  device: DeviceId;
  onRefused: (edits: readonly { edit: Edit; refusal: Refusal }[]) => void;
};

/** What stops a push: the way to the server, or this machine's own disk. */
export type PushError = TransportError | { kind: "own-disk"; error: RpcError };

export type Pusher = {
  /** Sends one batch and takes in its outcome. `more`: there is another one to send. */
  pushOnce(signal: AbortSignal): Promise<Result<{ more: boolean }, PushError>>;
};

const maxBatchEdits = Math.min(500, maxPushEdits);
const maxBatchBytes = 1_000_000;

export function createPusher(ports: PushPorts): Pusher {
  const { transport, feed, layers, unsent, takeTurn, device } = ports;
  let batchLimit = maxBatchEdits;
  /** Outcomes that are on our disk: the server may forget these ids. */
  let settled: EditId[] = [];

  async function pushOnce(signal: AbortSignal): Promise<Result<{ more: boolean }, PushError>> {
    const edits = nextBatch(unsent.all(), batchLimit, maxBatchBytes);
    if (edits.length === 0) return ok({ more: false });
    const told = settled.slice(0, 10_000);
    const answer = await transport.push({ protocol: protocolVersion, device, edits, settled: told }, signal);
    if (!answer.ok && answer.error.kind === "rejected") return narrow(edits, answer.error.message);
    if (!answer.ok) return answer;
    settled = settled.slice(told.length);
    batchLimit = Math.min(maxBatchEdits, batchLimit * 2);
    const results = resultsFor(edits, answer.value.results);
    // An answer that says nothing about what was sent would be asked for again at once, for ever.
    if (results.length === 0) return { ok: false, error: { kind: "no-answer", trouble: "an empty answer" } };
    return settle(edits, results);
  }

  /** The server does not even read this batch: halve it until the one edit that is to blame stands alone ([PUSH-5]). */
  async function narrow(
    edits: readonly Edit[],
    message: string,
  ): Promise<Result<{ more: boolean }, PushError>> {
    const [only] = edits;
    if (edits.length > 1 || !only) {
      batchLimit = Math.ceil(edits.length / 2);
      return ok({ more: true });
    }
    const refusal: Refusal = { code: "invalid", message: message.slice(0, 500) };
    return settle(edits, [{ editId: only.editId, outcome: "refused", refusal, doc: null }], false);
  }

  function settle(
    edits: readonly Edit[],
    results: readonly PushResult[],
    saysRecords = true,
  ): Promise<Result<{ more: boolean }, PushError>> {
    return takeTurn(async () => {
      const { taken, refused } = sortOut(edits, results);
      const done = [...taken, ...refused.map(({ edit }) => edit)];
      const said = saysRecords ? recordsIn(edits, results) : new Map<string, Doc | null>();
      const tidy = await layers.uncover(done, said);
      for (const [collection, ids] of idsByCollection(done)) await feed.noteAnswered(collection, ids);
      const written = await unsent.commit([
        ...taken.map(({ editId }): JournalChange => ({ do: "remove", editId })),
        ...refused.map(({ edit, refusal }): JournalChange => ({
          do: "refuse",
          editId: edit.editId,
          refusal,
        })),
      ]);
      if (!written.ok) return { ok: false, error: { kind: "own-disk", error: written.error } };
      await tidy();
      settled.push(...done.map(({ editId }) => editId));
      if (refused.length > 0) ports.onRefused(refused);
      return ok({ more: nextBatch(unsent.all(), 1, 0).length > 0 });
    });
  }

  return { pushOnce };
}

/** In the order of the edits; whatever else the answer holds is not about us. */
function resultsFor(edits: readonly Edit[], results: readonly PushResult[]): PushResult[] {
  const byEdit = new Map(results.map((result) => [result.editId, result]));
  return edits.flatMap(({ editId }) => byEdit.get(editId) ?? []);
}

type Outcome = { taken: Edit[]; refused: { edit: Edit; refusal: Refusal }[] };

/** Edits that the server does not know only because it refused the creation before them wait with it ([PUSH-4]). */
function sortOut(edits: readonly Edit[], results: readonly PushResult[]): Outcome {
  const byId = new Map(edits.map((edit) => [edit.editId, edit]));
  const neverMade = new Set<string>();
  const outcome: Outcome = { taken: [], refused: [] };
  for (const result of results) {
    const edit = byId.get(result.editId);
    if (!edit) continue;
    if (result.outcome !== "refused") outcome.taken.push(edit);
    else if (!buildsOn(edit, neverMade)) {
      outcome.refused.push({ edit, refusal: result.refusal });
      if (edit.kind === "create") neverMade.add(edit.id);
    }
  }
  return outcome;
}

/** The last word on each record ([PUSH-6]). */
function recordsIn(edits: readonly Edit[], results: readonly PushResult[]): Map<string, Doc | null> {
  const byId = new Map(edits.map((edit) => [edit.editId, edit]));
  const said = new Map<string, Doc | null>();
  for (const { editId, doc } of results) {
    const edit = byId.get(editId);
    if (edit) said.set(recordKey(edit.collection, edit.id), doc as unknown as Doc | null);
  }
  return said;
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
