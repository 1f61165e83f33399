import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { inTenant, rowsOf, schema, type Database, type Tx } from "../../database/index.ts";
import { saveRecords, wantReports } from "../../sync/index.ts";
import { untilThrough } from "../attempts.ts";
import { findLeadOf } from "../find-lead.ts";
import { recordingFile, recordingKey } from "../recordings.ts";
import type { Agent } from "./find-agent.ts";
import type { FoundRecording, ImportedCall } from "./imported-call.ts";
import { SoundFault } from "./sound/port.ts";
import { writeRecording } from "./sound/write-recording.ts";

export type TakeDeps = { db: Database; recordingsDir: string; now(): Date };
export type Taking = {
  tenantId: string;
  importId: string;
  /** @returns who held the call, or why nobody can be named */
  agentOf(address: string): Promise<Agent | { wrong: string }>;
};

/** What became of one recording. */
export type Outcome = { did: "taken" | "known"; callId: string } | Failed;
/** Its reason completes a sentence about the recording. */
type Failed = { did: "failed"; why: string };

/** What would become of a recording: nothing is written yet. */
export type Judged =
  | { did: "known"; callId: string }
  | Failed
  | {
      did: "ready" | "unnamed";
      hash: string;
      read: Exclude<Awaited<ReturnType<FoundRecording["read"]>>, Wrong>;
    };
type Wrong = { wrong: string };

/** Looks at a recording: whether it is here already, can be read, and names somebody who is here. */
export function lookAtRecording(deps: TakeDeps, taking: Taking, found: FoundRecording): Promise<Judged> {
  return orFault(() => judge(deps, taking, found));
}

/** Makes a call of a recording, once: the sound is on the disk before the records say that there is one. */
export function takeRecording(deps: TakeDeps, taking: Taking, found: FoundRecording): Promise<Outcome> {
  return orFault(() => take(deps, taking, found));
}

async function orFault<T>(work: () => Promise<T>): Promise<T | Failed> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SoundFault) return { did: "failed", why: error.message };
    if (isMissing(error)) return { did: "failed", why: "has not all of its files" };
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ENOENT" || code === "EACCES" || code === "EISDIR";
}

async function judge(deps: TakeDeps, { tenantId, agentOf }: Taking, found: FoundRecording): Promise<Judged> {
  const hash = await hashOf(found.files);
  const known = await inTenant(deps.db, { tenantId }, (tx) => findKnown(tx, tenantId, hash));
  if (known !== null) return { did: "known", callId: known };
  const read = await found.read();
  if ("wrong" in read) return { did: "failed", why: read.wrong };
  if (read.call.utterances.length === 0) return { did: "failed", why: "has a transcript without a word" };
  if (read.call.agent === "") return { did: "unnamed", hash, read };
  const agent = await agentOf(read.call.agent);
  return "wrong" in agent ? { did: "failed", why: agent.wrong } : { did: "ready", hash, read };
}

async function take(deps: TakeDeps, taking: Taking, found: FoundRecording): Promise<Outcome> {
  const judged = await judge(deps, taking, found);
  if (judged.did === "known" || judged.did === "failed") return judged;
  const { hash, read } = judged;
  const { tenantId } = taking;
  const agent = await taking.agentOf(read.call.agent);
  if ("wrong" in agent) return { did: "failed", why: agent.wrong };
  // By what is in it: whoever brings the same in again writes over the same file.
  const callId = `recording:${hash.slice(0, 40)}`;
  const key = recordingKey(callId, "import");
  const file = recordingFile(deps.recordingsDir, tenantId, key);
  const durationMs = await writeRecording(file, read.agent, read.customer);
  if (durationMs === 0) {
    await rm(file, { force: true });
    return { did: "failed", why: "holds no sound" };
  }
  await untilThrough(() =>
    inTenant(
      deps.db,
      { tenantId },
      (tx) =>
      writeCall(tx, { ...taking, hash, callId, key, agent, call: read.call, durationMs, name: found.name, now: deps.now() }), // prettier-ignore
    ),
  );
  return { did: "taken", callId };
}

/** Of all files with their lengths, so that none can be cut elsewhere. */
async function hashOf(files: readonly string[]): Promise<string> {
  const all = createHash("sha256");
  for (const file of files) {
    const one = createHash("sha256");
    await pipeline(createReadStream(file), one);
    all.update(one.digest());
  }
  return all.digest("hex");
}

async function findKnown(tx: Tx, tenantId: string, hash: string): Promise<string | null> {
  const [row] = await rowsOf<{ call: string }>(
    tx,
    sql`SELECT call_id AS call FROM imported_recordings WHERE tenant_id = ${tenantId} AND content_hash = ${hash}`,
  );
  return row?.call ?? null;
}

type Written = {
  tenantId: string;
  importId: string;
  hash: string;
  callId: string;
  key: string;
  agent: Agent;
  call: ImportedCall;
  durationMs: number;
  name: string;
  now: Date;
};

/** An embedded database works in this process, and an hour's talk in one statement would hold everybody up. */
const atOnce = 200;

async function writeCall(tx: Tx, written: Written): Promise<void> {
  const { tenantId, importId, hash, callId, call } = written;
  const now = written.now.toISOString();
  await tx
    .insert(schema.importedRecordings)
    .values({ tenantId, contentHash: hash, importId, callId })
    .onConflictDoNothing();
  const leadId = await findLeadOf(tx, tenantId, call.customerPhone);
  const record = callRecord(written, leadId);
  await saveRecords(tx, tenantId, "calls", [record], { now });
  const { agentId, teamId } = record;
  const segments = call.utterances.map((utterance, index) => ({
    ...{ id: `${callId}:${index}`, callId, leadId, agentId, teamId },
    ...utterance,
  }));
  for (let from = 0; from < segments.length; from += atOnce)
    await saveRecords(tx, tenantId, "segments", segments.slice(from, from + atOnce), { now });
  await wantReports(tx, tenantId, [callId], now);
}

function callRecord({ callId, key, agent, call, durationMs, name }: Written, leadId: string | null) {
  const spokenMs = call.utterances.reduce((last, { endMs }) => Math.max(last, endMs), 0);
  const endedAt = new Date(Date.parse(call.startedAt) + Math.max(durationMs, spokenMs)).toISOString();
  const isInbound = call.direction === "inbound";
  return {
    id: callId,
    leadId,
    agentId: agent.userId,
    teamId: agent.teamId,
    direction: call.direction,
    from: isInbound ? call.customerPhone : "",
    to: isInbound ? "" : call.customerPhone,
    startedAt: call.startedAt,
    answeredAt: call.startedAt,
    endedAt,
    endReason: "completed",
    line: null,
    disposition: "",
    notes: [call.note, `Recording ${name}`].filter(Boolean).join("\n"),
    summary: "",
    sentiment: "",
    recording: key,
  };
}
