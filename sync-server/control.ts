import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { request as openRequest, type IncomingMessage } from "node:http";
import { isAbsolute, join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { backUpRunning, BackupFailed } from "./database/index.ts";
import { Refused } from "./http/index.ts";
import { importRecordings, undoImport, type ImportNews, type TakeDeps } from "./telephony/index.ts";

const paths = {
  backup: "/control/backup",
  import: "/control/import-recordings",
  undo: "/control/undo-import",
} as const;

const path = z.string().min(1).max(4_096).refine(isAbsolute, "must be absolute");
const name = z.string().min(1).max(320);
const BackupRequest = z.strictObject({ file: path });
const ImportRequest = z.strictObject({ tenantId: name, dir: path, agent: name.nullable() });
const UndoRequest = z.strictObject({ tenantId: name, importId: name });
const Control = z.object({ url: z.string(), token: z.string() });

/** What a command of the same person on the same machine needs to talk to the running server. */
export async function openControl(app: FastifyInstance, deps: TakeDeps, dataDir: string) {
  const token = randomBytes(32).toString("base64url");
  const file = join(dataDir, "control.json");
  await app.register(async (routes) => {
    routes.addHook("preParsing", async (request) => requireToken(request, token));
    addCommands(routes, deps);
  });
  return {
    /** Once the address is known. Readable by the owner of the folder alone. */
    publish: (url: string) => writeFile(file, JSON.stringify({ url, token }), { mode: 0o600 }),
    withdraw: () => rm(file, { force: true }),
  };
}

function addCommands(app: FastifyInstance, deps: TakeDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  routes.post(paths.backup, { schema: { hide: true, body: BackupRequest } }, async ({ body }) => {
    await backUpRunning(deps.db, body.file, new Date()).catch(refuseBackup);
    return body;
  });
  routes.post(paths.import, { schema: { hide: true, body: ImportRequest } }, async ({ body }, reply) => {
    const begun = await importRecordings(deps, body);
    if (!begun.ok) throw new Refused("bad-request", begun.error);
    return reply.type("application/x-ndjson").send(Readable.from(linesOf(begun.value, () => stopping)));
  });
  routes.post(paths.undo, { schema: { hide: true, body: UndoRequest } }, async ({ body }) => {
    const undone = await undoImport(deps, body.tenantId, body.importId);
    if (!undone.ok) throw new Refused("not-found", undone.error);
    return { calls: undone.value };
  });
}

/** Whoever asked reads why, and not that something went wrong in the server. */
function refuseBackup(error: unknown): never {
  throw error instanceof BackupFailed ? new Refused("bad-request", error.message) : error;
}

async function requireToken(request: FastifyRequest, token: string): Promise<void> {
  const [a, b] = [Buffer.from(request.headers.authorization ?? ""), Buffer.from(`Bearer ${token}`)];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new Refused("forbidden", "This is for commands on the server's own machine.");
}

/** A server that stops waits for the recording that is being taken, and for no other. */
async function* linesOf(news: AsyncIterable<ImportNews>, isStopping: () => boolean): AsyncGenerator<string> {
  for await (const one of news) {
    yield `${JSON.stringify(one)}\n`;
    if (isStopping()) return;
  }
}

/** The running server said no. The message is for people. */
export class ControlRefused extends Error {}

/**
 * Asks the server that holds the folder to write a backup.
 * @returns false where no server answers
 * @throws ControlRefused
 */
export async function askForBackup(dataDir: string, backupFile: string): Promise<boolean> {
  const response = await ask(dataDir, paths.backup, { file: backupFile });
  // Unread, it would keep this process alive.
  response?.resume();
  return response !== null;
}

/**
 * Has the server that holds the folder bring recordings in.
 * @returns null where no server answers
 * @throws ControlRefused also while the news come, where the server stops
 */
export async function askForImport(
  dataDir: string,
  wish: z.infer<typeof ImportRequest>,
): Promise<AsyncIterable<ImportNews> | null> {
  const response = await ask(dataDir, paths.import, wish);
  return response && newsOf(response);
}

/** @returns how many calls went; null where no server answers */
export async function askForUndo(dataDir: string, wish: z.infer<typeof UndoRequest>): Promise<number | null> {
  const response = await ask(dataDir, paths.undo, wish);
  if (response === null) return null;
  const answer = await json(response).catch(() => {
    throw stopped();
  });
  return z.object({ calls: z.number() }).parse(answer).calls;
}

async function ask(dataDir: string, command: string, body: unknown): Promise<IncomingMessage | null> {
  const control = await readControl(dataDir);
  if (control === null) return null;
  const response = await post(control, command, body);
  if (response === null || response.statusCode === 200) return response;
  const { error } = z.object({ error: z.object({ message: z.string() }) }).parse(await json(response));
  throw new ControlRefused(error.message);
}

/** Not by `fetch`, which waits five minutes for the first word: an archive may take longer to unpack, and a database to be written. */
function post(
  { url, token }: z.infer<typeof Control>,
  command: string,
  body: unknown,
): Promise<IncomingMessage | null> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    openRequest(url + command, { method: "POST", headers }, resolve)
      .on("error", (error) => (isNobodyThere(error) ? resolve(null) : reject(stopped())))
      .end(JSON.stringify(body));
  });
}

function isNobodyThere(error: Error & { code?: unknown }): boolean {
  return error.code === "ECONNREFUSED";
}

/** Whatever is asked of a server may be asked of it again. */
function stopped(): ControlRefused {
  return new ControlRefused(
    "The server was stopped meanwhile. What was done until then stays: give the command again, and it goes on where it stopped.",
  );
}

async function* newsOf(response: IncomingMessage): AsyncGenerator<ImportNews> {
  let isWhole = false;
  try {
    for await (const line of linesIn(response)) {
      // From this very server: nothing to check.
      const news = JSON.parse(line) as ImportNews;
      isWhole = news.news === "ended";
      yield news;
    }
  } catch {
    throw stopped();
  }
  if (!isWhole) throw stopped();
}

async function* linesIn(response: IncomingMessage): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of response.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

async function readControl(dataDir: string): Promise<z.infer<typeof Control> | null> {
  try {
    return Control.parse(JSON.parse(await readFile(join(dataDir, "control.json"), "utf8")));
  } catch {
    return null;
  }
}
