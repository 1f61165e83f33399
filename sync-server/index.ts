import { join, resolve } from "node:path";
import { systemClock } from "../shared/result/ports.ts";
import { inviteOperator } from "./admin/index.ts";
import { addCapabilities } from "./compose.ts";
import { readConfig, WrongSettings, type ServerConfig } from "./config.ts";
import { askForBackup, ControlRefused, openControl } from "./control.ts";
import {
  backUp,
  BackupFailed,
  DatabaseTooNew,
  DiskFull,
  FolderLocked,
  openDatabase,
  restore,
} from "./database/index.ts";
import { ensureDemoTenant } from "./demo/index.ts";
import { CommandFailed, runImport, runUndo } from "./import-command.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { startServer, type RunningServer, type ServerContext } from "./server.ts";

// The sync-server and its commands; what it consists of is put together in compose.ts.
const usage = `sync-server                        serves until it is told to stop
sync-server demo                   makes the demo tenant where there is none
sync-server invite-operator EMAIL  prints a link with which somebody becomes the operator
sync-server backup FILE            writes the database to a file, also while the server runs
sync-server restore FILE           puts a backup in the place of the database; stop the server first
sync-server import-recordings DIR --tenant ID [--agent WHO]
                                   brings recordings with transcripts in as calls (docs/import-recordings.md)
sync-server undo-import ID --tenant ID
                                   takes everything out again that one import brought in
sync-server rotate-secret          seals everything anew that the server's secret protects; stop the server first`;

/** Longer than any request may take; a supervisor would not wait longer either. */
const longestStopMs = 15_000;

await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!isForPeople(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

async function main([command, operand, ...more]: string[]): Promise<void> {
  const config = readConfig(process.env);
  if (command === undefined) return serve(config);
  if (command === "demo") return makeDemo(config);
  if (command === "backup" && operand) return makeBackup(config, resolve(operand));
  if (command === "restore" && operand) return restoreBackup(config, resolve(operand));
  if (command === "invite-operator" && operand) return printInvitation(config, operand);
  if (command === "import-recordings" && operand) return succeed(runImport(config, [operand, ...more], say));
  if (command === "undo-import" && operand) return succeed(runUndo(config, [operand, ...more], say));
  if (command === "rotate-secret") return turnSecret(config);
  say(usage);
  process.exitCode = 2;
}

async function succeed(command: Promise<boolean>): Promise<void> {
  if (!(await command)) process.exitCode = 1;
}

async function serve(config: ServerConfig): Promise<void> {
  let control: Awaited<ReturnType<typeof openControl>> | undefined;
  const server = await startServer(config, async (context) => {
    if (config.database.kind === "embedded")
      control = await openControl(context.app, importing(context), config.dataDir);
    return addCapabilities(context);
  });
  await control?.publish(server.url);
  say(
    `Ringside's sync-server listens on ${server.url} (console: ${config.publicUrl ?? server.url}/console/)`,
  );
  stopOnSignal(server, async () => control?.withdraw());
}

function importing({ db, clock, config }: ServerContext) {
  return { db, recordingsDir: join(config.dataDir, "recordings"), now: () => new Date(clock.now()) };
}

/** Finishes what is under way, then ends; a second signal, or a stop that hangs, ends at once. */
function stopOnSignal(server: RunningServer, afterwards: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), longestStopMs).unref();
    void server
      .close()
      .then(afterwards)
      .then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

async function makeDemo(config: ServerConfig): Promise<void> {
  const db = await openDatabase(config.database);
  const made = await ensureDemoTenant({ db, clock: systemClock }).finally(() => db.close());
  say(made ? "The demo tenant was made." : "The demo tenant was there already.");
}

async function makeBackup(config: ServerConfig, file: string): Promise<void> {
  try {
    await backUp(config.database, file, new Date());
  } catch (error) {
    // A server that runs on the folder makes the copy itself.
    if (!(error instanceof FolderLocked) || !(await askForBackup(config.dataDir, file))) throw error;
  }
  say(`The database was written to ${file}.`);
}

async function restoreBackup(config: ServerConfig, file: string): Promise<void> {
  const aside = await restore(config.database, file, new Date());
  say(`${file} was restored.${aside ? ` What stood there before is in ${aside}.` : ""}`);
}

async function turnSecret(config: ServerConfig): Promise<void> {
  const done = await rotateSecret(config, process.env["RINGSIDE_SECRET_BEFORE"] || null);
  const { credentials, letters, secondFactors } = done;
  say(`Sealed anew: ${credentials} credentials, ${letters} letters, ${secondFactors} second factors. Everybody signs in again.`); // prettier-ignore
}

async function printInvitation(config: ServerConfig, email: string): Promise<void> {
  const db = await openDatabase(config.database);
  const publicUrl = () => config.publicUrl ?? `http://${config.host}:${config.port}`;
  const { link, expiresAt } = await inviteOperator({ db, clock: systemClock, publicUrl }, email).finally(() =>
    db.close(),
  );
  say(`${link}\nGood until ${expiresAt.toISOString()}.`);
}

/** What the person at the keyboard can put right gets its message and no stack. */
function isForPeople(error: unknown): error is Error {
  return [
    FolderLocked,
    DiskFull,
    BackupFailed,
    DatabaseTooNew,
    WrongSettings,
    CommandFailed,
    ControlRefused,
  ].some((kind) => error instanceof kind);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
