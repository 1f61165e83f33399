import { verdicts, type Verdict } from "../../../shared/calls/recording-import-wire.ts";
import { inTenant } from "../../database/index.ts";
import type { Job, JobHandler } from "../../jobs/index.ts";
import { findKept, forgetArchive, type ImportId } from "./archive-folder.ts";
import { agentsOf, findAgent } from "./find-agent.ts";
import type { FoundRecording } from "./imported-call.ts";
import { moveImport, noteLooked, readImport, readPlaces, refuseGone } from "./import-rows.ts";
import {
  lookAtRecording,
  takeRecording,
  type Judged,
  type Outcome,
  type TakeDeps,
} from "./take-recording.ts";
import { removeImported } from "./undo-import.ts";
import { openWords } from "./words/open-words.ts";

export type ImportDeps = TakeDeps & {
  /** Archives that wait to be taken, unpacked. */
  importsDir: string;
};

export const lookJob = "recordings.look";
export const takeJob = "recordings.take";
export const undoJob = "recordings.undo";

/** After so long others' work goes first, and a server that stops has not long to wait. */
const sliceMs = 5_000;
/** One recording may be eight hours of MP3; begun a second time meanwhile, it would be written by two at once. */
const longestRunMs = 3_600_000;

/**
 * Tries after which a recording is left out, some ten minutes: whatever is wrong is its own, and others wait for it.
 * An archive that was not there so often is gone; a disk may be away for a while.
 */
const triesOfOne = 20;

/** Work on archives that came through the console: slice by slice, each going on where the one before stopped. */
export function importJobs(deps: ImportDeps): Record<string, JobHandler> {
  // Never given up: an import would stand where it is for good, and nobody could take it out again. It ends where its
  // archive is gone.
  const again = { mostAttempts: Infinity, retryAfterMs: 2_000, longestRunMs };
  return {
    [lookJob]: { ...again, run: (job) => lookAtSome(deps, idOf(job), job.attempt) },
    [takeJob]: { ...again, run: (job) => takeSome(deps, idOf(job), job.attempt) },
    [undoJob]: { ...again, run: (job) => undoSome(deps, idOf(job)) },
  };
}

function idOf({ tenantId, key }: Job): ImportId {
  return { tenantId, importId: key };
}

async function lookAtSome(deps: ImportDeps, id: ImportId, attempt: number): Promise<Date | void> {
  const one = await inTenant(deps.db, id, (tx) => readImport(tx, id));
  if (one?.state !== "looking") return;
  const looked = await inTenant(deps.db, id, (tx) => readPlaces(tx, id, verdicts));
  const taking = { ...id, agentOf: agentsOf(deps.db, id.tenantId, null) };
  const through = await eachOf(
    deps,
    { id, attempt },
    (place) => !looked.has(place),
    (found) => lookAtRecording(deps, taking, found),
  );
  if (through === "some") return deps.now();
  await inTenant(deps.db, id, async (tx) => {
    if (through === "gone") await refuseGone(tx, id);
    await moveImport(tx, id, "looking", { state: "ready" });
  });
}

async function takeSome(deps: ImportDeps, id: ImportId, attempt: number): Promise<Date | void> {
  const one = await inTenant(deps.db, id, (tx) => readImport(tx, id));
  if (one?.state !== "taking") return;
  const wanted = await inTenant(deps.db, id, (tx) => readPlaces(tx, id, ["ready", "unnamed"]));
  const usual = one.agentId === null ? null : await findAgent(deps.db, id.tenantId, one.agentId);
  const taking = { ...id, agentOf: agentsOf(deps.db, id.tenantId, usual) };
  const through = await eachOf(
    deps,
    { id, attempt },
    (place) => wanted.has(place),
    (found) => takeRecording(deps, taking, found),
  );
  if (through === "some") return deps.now();
  await inTenant(deps.db, id, async (tx) => {
    // Whatever could come in and has not is not there any more.
    await refuseGone(tx, id);
    await moveImport(tx, id, "taking", { state: "done", finishedAt: deps.now() });
  });
  await forgetArchive(deps.importsDir, id);
}

async function undoSome(deps: ImportDeps, id: ImportId): Promise<Date | void> {
  const { isWhole } = await removeImported(deps, id, deps.now().getTime() + sliceMs);
  if (!isWhole) return deps.now();
}

type Run = { id: ImportId; attempt: number };

/** @returns `some`: the slice was over before all were through; `gone`: the archive is not on the disk any more */
async function eachOf(
  deps: ImportDeps,
  { id, attempt }: Run,
  isWanted: (place: number) => boolean,
  work: (found: FoundRecording) => Promise<Judged | Outcome>,
): Promise<"all" | "some" | "gone"> {
  const endsMs = deps.now().getTime() + sliceMs;
  const words = openWords();
  try {
    const kept = await findKept(deps.importsDir, id, words.read);
    if (kept === null && attempt < triesOfOne)
      throw new Error(`the archive of import ${id.importId} is gone`);
    if (kept === null) return "gone";
    for (const [place, found] of kept.entries()) {
      if (!isWanted(place)) continue;
      if (deps.now().getTime() > endsMs) return "some";
      const outcome = await work(found).catch((error: unknown) => {
        if (attempt < triesOfOne) throw error;
        return leftOut;
      });
      const looked = { place, name: found.name, ...said(outcome) };
      await inTenant(deps.db, id, (tx) => noteLooked(tx, id, looked));
      // The next one has as many tries.
      if (outcome === leftOut) return "some";
    }
    return "all";
  } finally {
    await words.close();
  }
}

const leftOut: Outcome = {
  did: "failed",
  why: "could not be brought in, tried time and again; the server’s log says why",
};

function said(outcome: Judged | Outcome): { verdict: Verdict; why: string; callId: string | null } {
  if (outcome.did === "failed") return { verdict: "refused", why: outcome.why, callId: null };
  return { verdict: outcome.did, why: "", callId: "callId" in outcome ? outcome.callId : null };
}
