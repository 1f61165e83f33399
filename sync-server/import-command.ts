import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ServerConfig } from "./config.ts";
import { askForImport, askForUndo } from "./control.ts";
import { FolderLocked, openDatabase } from "./database/index.ts";
import { importRecordings, undoImport, type ImportNews, type TakeDeps } from "./telephony/index.ts";

/** What was typed wrong, or cannot be done. The message is for people. */
export class CommandFailed extends Error {}

const saidEvery = 25;

/**
 * `import-recordings DIR --tenant ID [--agent WHO]`: tells what comes in and what does not.
 * @returns whether everything came in
 * @throws CommandFailed
 */
export async function runImport(
  config: ServerConfig,
  words: string[],
  say: (text: string) => void,
): Promise<boolean> {
  const { operand, tenantId, agent } = read(words, "the folder");
  const wish = { tenantId, dir: resolve(operand), agent };
  return orAtTheServer(
    config,
    async (deps) => {
      const begun = await importRecordings(deps, wish);
      if (!begun.ok) throw new CommandFailed(begun.error);
      return tell(begun.value, say);
    },
    async () => {
      const news = await askForImport(config.dataDir, wish);
      return news && tell(news, say);
    },
  );
}

/**
 * `undo-import ID --tenant ID`.
 * @throws CommandFailed
 */
export async function runUndo(
  config: ServerConfig,
  words: string[],
  say: (text: string) => void,
): Promise<boolean> {
  const { operand: importId, tenantId } = read(words, "the import");
  const calls = await orAtTheServer(
    config,
    async (deps) => {
      const undone = await undoImport(deps, tenantId, importId);
      if (!undone.ok) throw new CommandFailed(undone.error);
      return undone.value;
    },
    () => askForUndo(config.dataDir, { tenantId, importId }),
  );
  say(`${calls} ${calls === 1 ? "call" : "calls"} went, with what was said in them.`);
  return true;
}

function read(words: string[], what: string) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    strict: false,
    options: { tenant: { type: "string" }, agent: { type: "string" } },
  });
  const [operand, ...others] = positionals;
  const { tenant, agent } = values;
  if (operand === undefined || others.length > 0) throw new CommandFailed(`Name ${what}.`);
  if (typeof tenant !== "string") throw new CommandFailed("Say whose they are: --tenant ID.");
  return { operand, tenantId: tenant, agent: typeof agent === "string" ? agent : null };
}

/** A server that runs on the folder does the work itself: two processes never share an embedded database. */
async function orAtTheServer<T>(
  config: ServerConfig,
  here: (deps: TakeDeps) => Promise<T>,
  there: () => Promise<T | null>,
): Promise<T> {
  const db = await openDatabase(config.database).catch((error: unknown) => {
    if (error instanceof FolderLocked) return error;
    throw error;
  });
  if (!(db instanceof FolderLocked)) {
    const deps = { db, recordingsDir: join(config.dataDir, "recordings"), now: () => new Date() };
    return here(deps).finally(() => db.close());
  }
  const done = await there();
  if (done === null) throw db;
  return done;
}

async function tell(news: AsyncIterable<ImportNews>, say: (text: string) => void): Promise<boolean> {
  let failed = 0;
  for await (const one of news) {
    if (one.news === "began") say(`Import ${one.importId}: ${one.total} recordings.`);
    if (one.news === "one" && one.did === "failed") say(`${one.name} ${one.why}.`);
    if (one.news === "one" && one.at % saidEvery === 0) say(`${one.at} of ${one.total}`);
    if (one.news === "ended") {
      failed = one.failed;
      say(`${one.taken} came in, ${one.known} were here already, ${one.failed} could not be read.`);
    }
  }
  return failed === 0;
}
