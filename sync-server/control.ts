import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { request as openRequest, type IncomingMessage } from "node:http";
import { isAbsolute, join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { backUpRunning } from "./database/index.ts";
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
  routes.post(paths.backup, { schema: { hide: true, body: BackupRequest } }, async ({ body }) => {
    await backUpRunning(deps.db, body.file, new Date());
    return body;
  });
  routes.post(paths.import, { schema: { hide: true, body: ImportRequest } }, async ({ body }, reply) => {
    const begun = await importRecordings(deps, body);
    if (!begun.ok) throw new Refused("bad-request", begun.error);
    return reply.type("application/x-ndjson").send(Readable.from(linesOf(begun.value)));
  });
  routes.post(paths.undo, { schema: { hide: true, body: UndoRequest } }, async ({ body }) => {
    const undone = await undoImport(deps, body.tenantId, body.importId);
    if (!undone.ok) throw new Refused("not-found", undone.error);
    return { calls: undone.value };
  });
}

async function requireToken(request: FastifyRequest, token: string): Promise<void> {
  const [a, b] = [Buffer.from(request.headers.authorization ?? ""), Buffer.from(`Bearer ${token}`)];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new Refused("forbidden", "This is for commands on the server's own machine.");
}

async function* linesOf(news: AsyncIterable<ImportNews>): AsyncGenerator<string> {
  for await (const one of news) yield `${JSON.stringify(one)}\n`;
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
 * @throws ControlRefused
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
  return response && z.object({ calls: z.number() }).parse(await json(response)).calls;
}

async function ask(dataDir: string, command: string, body: unknown): Promise<IncomingMessage | null> {
  const control = await readControl(dataDir);
  if (control === null) return null;
  const response = await post(control, command, body).catch(() => null);
  if (response === null || response.statusCode === 200) return response;
  const { error } = z.object({ error: z.object({ message: z.string() }) }).parse(await json(response));
  throw new ControlRefused(error.message);
}

/** Not by `fetch`, which waits five minutes for the first word: an archive may take longer to unpack, and a database to be written. */
function post(
  { url, token }: z.infer<typeof Control>,
  command: string,
  body: unknown,
): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    openRequest(url + command, { method: "POST", headers }, resolve)
      .on("error", reject)
      .end(JSON.stringify(body));
  });
}

async function* newsOf(response: IncomingMessage): AsyncGenerator<ImportNews> {
  let rest = "";
  for await (const chunk of response.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    // From this very server: nothing to check.
    for (const line of lines) yield JSON.parse(line) as ImportNews;
  }
}

async function readControl(dataDir: string): Promise<z.infer<typeof Control> | null> {
  try {
    return Control.parse(JSON.parse(await readFile(join(dataDir, "control.json"), "utf8")));
  } catch {
    return null;
  }
}
