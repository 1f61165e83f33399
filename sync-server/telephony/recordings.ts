import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { inTenant, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { takeCallEvents } from "../sync/index.ts";
import { untilThrough } from "./attempts.ts";
import { CarrierTrouble } from "./carrier-trouble.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import type { Line } from "./line.ts";
import type { NoticeOf } from "./notices.ts";

type Fetch = { accountId: string; callId: string; durationMs: number; at: string };

/** A recording stands ready at the carrier: it is fetched to us, where it is kept. */
export async function noteRecording(
  tx: Tx,
  { call }: Line,
  { recordingSid, state, durationMs, at }: NoticeOf<"recording">,
  now: Date,
): Promise<void> {
  if (state === "absent") return;
  const { tenantId, accountId, callId } = call;
  const payload: Fetch = { accountId, callId, durationMs, at };
  await addJob(tx, { tenantId, kind: "recording.fetch", key: recordingSid, payload, dueAt: now });
}

/** Name of a recording in our keeping; begins with its call, whose audience may hear it. */
export function recordingKey(callId: string, recordingSid: string): string {
  return `${callId}-${recordingSid}`;
}

/** The call that a key belongs to. */
export function callOfKey(key: string): string {
  return key.slice(0, key.lastIndexOf("-"));
}

export function recordingFile(dir: string, tenantId: string, key: string): string {
  return join(dir, encodeURIComponent(tenantId), `${encodeURIComponent(key)}.wav`);
}

/** Job: brings a recording here, tells its call, and then removes it from the carrier, in this order. */
export async function fetchRecording(deps: TelephonyDeps, job: Job): Promise<void> {
  const { accountId, callId, durationMs, at } = job.payload as Fetch;
  const connected = await deps.accounts.byId(accountId);
  if (!connected) return;
  const line = await connected.line();
  const fetched = await line.fetchRecording(job.key);
  if (!fetched.ok) {
    // Removed at the carrier, by hand or by the run before this one.
    if (fetched.error.why === "gone") return;
    throw new CarrierTrouble(fetched.error);
  }
  const key = recordingKey(callId, job.key);
  await writeWhole(recordingFile(deps.recordingsDir, job.tenantId, key), fetched.value.sound);
  const source = `carrier:${job.key}`;
  const head = { source, key: `${job.key}:ready`, seq: 0, at };
  const ready = CallEvent.parse({ ...head, type: "recording-ready", recording: key, durationMs });
  const now = nowOf(deps).toISOString();
  await untilThrough(() =>
    inTenant(deps.db, job, (tx) => takeCallEvents(tx, job.tenantId, new Map([[callId, [ready]]]), { now })),
  );
  const removed = await line.removeRecording(job.key);
  if (!removed.ok && removed.error.why === "unreachable") throw new CarrierTrouble(removed.error);
}

/** Under its name once it is complete. */
async function writeWhole(file: string, sound: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  const part = `${file}.part`;
  try {
    await pipeline(sound, createWriteStream(part, { flush: true, mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
