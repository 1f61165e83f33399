import { systemClock, type Clock } from "../../../shared/result/ports.ts";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import type { Guess } from "../../../shared/import/guess-mapping.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { LeadRows } from "../leads/lead-rows.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";
import { checkRows, emptyReport, type CheckReport } from "./check-rows.ts";
import { createConverter, type Converter } from "./convert-row.ts";
import { detectShape, surveyFile, type FileFacts } from "./file-source.ts";
import { guessOptions } from "./guess-options.ts";
import { leadIdOf } from "./import-rows.ts";
import type { ImportStore } from "./import-store.ts";
import { importTargets } from "./import-targets.ts";
import { createJudge, type Judge } from "./judge-rows.ts";

export type ImportPorts = {
  replica: Replica;
  rows: LeadRows;
  settings: TenantSettings;
  store: ImportStore;
  clock?: Clock;
};

export type Step =
  "receiving" | "reading" | "matching" | "importing" | "done" | "failed" | "cancelled" | "undone";

/** One file between its arrival and its import: how it is read, what it would do. */
export type ImportSession = {
  readonly importId: string;
  readonly fileName: string;
  readonly startedAtMs: number;
  step: Step;
  message: string | null;
  facts: FileFacts | null;
  options: ImportOptions | null;
  guesses: Map<string, Guess>;
  report: CheckReport;
  /** When the check began, for the estimate. */
  checkedFromMs: number;
  /** Aborted when what runs for this session no longer counts. */
  abort: AbortController;
};

export function createSession(importId: string, fileName: string, startedAtMs: number): ImportSession {
  return {
    importId,
    fileName,
    startedAtMs,
    step: "receiving",
    message: null,
    facts: null,
    options: null,
    guesses: new Map(),
    report: emptyReport(),
    checkedFromMs: 0,
    abort: new AbortController(),
  };
}

/** Finds out how the file is to be read, guesses where its columns belong, and checks every row in the background. */
export async function prepareSession(
  ports: ImportPorts,
  session: ImportSession,
  onChange: () => void,
  chosen: Partial<ImportOptions> = {},
): Promise<void> {
  const { store, settings } = ports;
  const { signal } = restart(session);
  session.step = "reading";
  // What was found in the file when it was read another way counts no more.
  session.report = emptyReport();
  onChange();
  const path = store.sourcePath(session.importId);
  await settings.ready;
  const shape = { ...(await detectShape(path)), ...pickShape(chosen) };
  const facts = await surveyFile(path, shape, signal);
  if (signal.aborted) return;
  const { options, guesses } = guessOptions(
    facts,
    shape,
    importTargets(settings),
    settings.mappings(),
    settings.business(),
  );
  Object.assign(session, { facts, guesses, options: { ...options, ...chosen }, step: "matching" });
  onChange();
  await checkSession(ports, session, onChange);
}

/** Checks all rows by the options as they are now; an earlier check ends. */
export async function checkSession(
  ports: ImportPorts,
  session: ImportSession,
  onChange: () => void,
): Promise<void> {
  const { clock = systemClock, store } = ports;
  const { signal } = restart(session);
  session.report = emptyReport();
  session.checkedFromMs = clock.now();
  const reading = await readingOf(ports, session);
  if (!reading || signal.aborted || !session.facts) return;
  const { options, convert, judge } = reading;
  const path = store.sourcePath(session.importId);
  const input = {
    path,
    errorsPath: store.errorsPath(session.importId),
    headers: session.facts.headers,
    shape: options,
    convert,
    judge,
    signal,
  };
  await checkRows(input, (report) => {
    if (signal.aborted) return;
    session.report = report;
    onChange();
  });
}

export type Reading = { options: ImportOptions; convert: Converter; judge: Judge };

/** Converter and judge for the session's options; both see the replica as it is now. */
export async function readingOf(ports: ImportPorts, session: ImportSession): Promise<Reading | null> {
  const { settings, replica, rows } = ports;
  const { options, facts } = session;
  if (!options || !facts) return null;
  await settings.ready;
  const targets = importTargets(settings);
  const required = [
    { path: "name", label: "Name" },
    ...[...settings.fields("leads").values()]
      .filter(({ required: isRequired, default: value }) => isRequired && (value === null || value === ""))
      .map(({ key, label }) => ({ path: `custom.${key}`, label })),
  ];
  const convert = createConverter({
    headers: facts.headers,
    targets,
    options,
    zone: settings.business().timeZone,
    required,
  });
  const idOfRow = (number: number) => leadIdOf(session.importId, session.startedAtMs, number);
  return { options, convert, judge: await createJudge(replica.reads, rows, options.duplicates, idOfRow) };
}

/** Options that people may set while a file is being matched. */
export function applyOptions(
  session: ImportSession,
  chosen: Partial<ImportOptions>,
): Result<{ reread: boolean }, RpcError> {
  if (session.step !== "matching" || !session.options) {
    return err({ code: "refused", message: "This import is past the point where it can be changed." });
  }
  const shape = pickShape(chosen);
  const reread = Object.entries(shape).some(
    ([key, value]) => session.options?.[key as keyof typeof shape] !== value,
  );
  session.options = { ...session.options, ...chosen };
  for (const [header, field] of Object.entries(chosen.fields ?? {})) {
    if (session.guesses.get(header)?.field !== field) session.guesses.delete(header);
  }
  return ok({ reread });
}

function pickShape({ encoding, delimiter, hasHeader }: Partial<ImportOptions>) {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
  };
}

function restart(session: ImportSession): AbortController {
  session.abort.abort();
  session.abort = new AbortController();
  return session.abort;
}
