import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { exportLeads } from "../../../shared/rpc/contract/files.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok } from "../../../shared/result/result.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { nextTaskField } from "../../../shared/leads/lead-fields.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import { importTargets } from "../imports/import-targets.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { LeadIndex } from "../leads/lead-index.ts";
import { rankLeads } from "../leads/ranked-leads.ts";
import { giveWay } from "../live/slices.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { CommandHandler } from "../../rpc/handlers.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import { csvLine } from "./csv-line.ts";
import { makeExportFolder } from "./export-file.ts";

export type ExportPorts = {
  index: LeadIndex;
  search: LeadSearch;
  settings: TenantSettings;
  jobs: Jobs;
  shelf: FileShelf;
  folder: string;
  newId: () => string;
  clock: Clock;
};

type Column = { label: string; textOf(lead: Lead): string };
const batch = 250;

/** Writes the leads of a list, in its order, as CSV: UTF-8, CRLF, formulas inert (csv-line.ts). */
export function createExportLeads(ports: ExportPorts): CommandHandler<typeof exportLeads> {
  const { jobs, shelf, folder, newId, clock, settings } = ports;
  return async (input) => {
    await makeExportFolder(folder, clock);
    const path = join(folder, `${newId()}.csv`);
    let finished = false;
    await new Promise<void>((resolve) => {
      jobs.start("export", "Exporting leads", async (job) => {
        try {
          finished = await writeLeads(ports, input, path, job);
          return ok({ undoId: null, message: null });
        } catch (error) {
          return err({
            code: "disk-full" as const,
            message: `The file could not be written: ${messageOf(error)}`,
          });
        } finally {
          resolve();
        }
      });
    });
    if (!finished) return err({ code: "cancelled", message: "The file was not written to its end." });
    const name = `leads-${dayOf(clock.now(), settings.business().timeZone)}.csv`;
    return ok(await shelf.put(path, name));
  };
}

/** @returns whether every lead was written */
async function writeLeads(
  { index, search, settings }: ExportPorts,
  input: ParsedInputOf<typeof exportLeads>,
  path: string,
  job: { signal: AbortSignal; progress(done: number, total: number | null): void },
): Promise<boolean> {
  await settings.ready;
  const columns = columnsOf(input.columns, index, settings);
  const ranked = await rankLeads(index, search, input);
  const ids = chosenOf(Array.from(ranked.slice(0, ranked.total), index.context.rows.idOf), input);
  const file = createWriteStream(path, { mode: 0o600 });
  const failed = once(file, "error").then(([error]) => Promise.reject(error as Error));
  failed.catch(() => {});
  const write = async (text: string) => {
    if (!file.write(text)) await Promise.race([once(file, "drain"), failed]);
  };
  await write((input.byteOrderMark ? "\ufeff" : "") + csvLine(columns.map(({ label }) => label)));
  for (let at = 0; at < ids.length && !job.signal.aborted; at += batch) {
    const some = ids.slice(at, at + batch);
    const leads = await index.context.replica.reads.getAll("leads", some);
    const found = some.flatMap((id) => leads.get(id) ?? []);
    await write(found.map((lead) => csvLine(columns.map((column) => column.textOf(lead)))).join(""));
    job.progress(at + some.length, ids.length);
    await giveWay();
  }
  file.end();
  await Promise.race([once(file, "close"), failed]);
  return !job.signal.aborted;
}

/** In the order of the list; a lead that was ticked and is no longer listed comes last, and is not left out. */
function chosenOf(
  listed: string[],
  { only, except }: Pick<ParsedInputOf<typeof exportLeads>, "only" | "except">,
): string[] {
  if (only !== null) {
    const wanted = new Set<string>(only);
    return [...listed.filter((id) => wanted.delete(id)), ...wanted];
  }
  const unwanted = new Set<string>(except);
  return unwanted.size === 0 ? listed : listed.filter((id) => !unwanted.has(id));
}

/** The words of the screen: labels for columns and stages, names for people. */
function columnsOf(paths: readonly string[], index: LeadIndex, settings: TenantSettings): Column[] {
  const labels = new Map(importTargets(settings).map(({ path, label }) => [path, label]));
  const names = new Map<string, string>([
    ...settings.stages("leads").map(({ key, label }) => [`stage:${key}`, label] as const),
    ...settings.people().map(({ userId, name }) => [`ownerId:${userId}`, name] as const),
  ]);
  return paths.map((path) => ({
    label: labels.get(path) ?? wordsOf(path),
    textOf(lead) {
      if (path === nextTaskField) return index.context.nextTasks.of(lead.id)?.title ?? "";
      const value = readField(lead, path);
      return names.get(`${path}:${String(value)}`) ?? textOf(value);
    },
  }));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join("; ") : String(value);
}

/** `lastContactAt` without a label of its own is “Last contact at”. */
function wordsOf(path: string): string {
  const words = path
    .replace("custom.", "")
    .replaceAll(/([A-Z])/gu, " $1")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
