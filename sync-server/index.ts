import { join, resolve } from "node:path";
import { systemClock, systemTimers } from "../shared/result/ports.ts";
import { addAdminRoutes, inviteOperator } from "./admin/index.ts";
import { createAnswerCache, createGateway, createGuard } from "./ai/index.ts";
import { openAiAccountRecords } from "./ai/accounts/index.ts";
import { keepApprovalsTidy } from "./ai/approvals/index.ts";
import { createBulk } from "./ai/bulk/index.ts";
import { createCatalogue, type Connect } from "./ai/catalogue/index.ts";
import { createLedger } from "./ai/ledger/index.ts";
import { createSoundMeter } from "./ai/metering/index.ts";
import { addAssistant, createFirstModel } from "./assistant/index.ts";
import { startAuth } from "./auth/index.ts";
import { startBots } from "./bot/index.ts";
import { createReportMaker, startCoaching } from "./coaching/index.ts";
import { createMediaAddresses, startListening } from "./coaching/speech/index.ts";
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
import { demoWork, ensureDemoTenant } from "./demo/index.ts";
import { addConsole, createOutsideAgent } from "./http/index.ts";
import { CommandFailed, runImport, runUndo } from "./import-command.ts";
import { openPost, writeToFile } from "./letters/index.ts";
import { startMatching } from "./matching/index.ts";
import { createBuiltInProvider } from "./providers/built-in/index.ts";
import { providerOf } from "./providers/model-provider.ts";
import { createSimulatedCarrier } from "./providers/simulated-carrier.ts";
import { createSpeechToText } from "./providers/speech/index.ts";
import { createSipCarrier } from "./providers/sip/index.ts";
import { createTwilioCarrier } from "./providers/twilio/index.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { startScoring } from "./scoring/index.ts";
import { createSealer, type Sealer } from "./seal.ts";
import { readSecret } from "./secret.ts";
import { startServer, type RunningServer, type ServerContext } from "./server.ts";
import { openAccounts, startTelephony } from "./telephony/index.ts";

// The sync-server: its composition root and its commands.
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

async function addCapabilities(context: ServerContext) {
  const { app, config, clock } = context;
  const publicUrl = () => config.publicUrl ?? context.url();
  const secret = await readSecret(config);
  const sealer = createSealer(secret);
  const post = openMail(context, sealer);
  const auth = await startAuth({
    ...context,
    secret,
    listensOn: config.host,
    publicUrl,
    privateProviders: config.privateIdentityProviders,
    letters: post ?? writeToFile(config.dataDir, app.log),
  });
  const { accounts, simulated } = openCarriers(context, sealer, publicUrl);
  const models = await openModels(context, sealer);
  addAdminRoutes(app, { ...auth, accounts, ai: models.admin, nodeStartedAt: clock.now() });
  const addresses = createMediaAddresses(sealer, clock.now);
  const telephony = await startTelephony({
    ...context,
    identify: auth.identify,
    accounts,
    demo: simulated.demo,
    demoAhead: config.demoCarrierAhead,
    dataDir: config.dataDir,
    ...(config.speech ? { mediaUrl: addresses.write } : {}),
  });
  const { meter } = models;
  if (config.speech && meter) {
    const speech = createSpeechToText(config.speech);
    const { hear, whoseIs } = telephony;
    startListening({ ...context, speech, language: config.speech.language, addresses, meter, hear, whoseIs });
  }
  const ai = models.admin.gateway;
  const { audited, firstModel, onModelsChange } = models;
  const matching = await startMatching({ ...context, ai, onModelsChange });
  addAssistant(app, { ...context, identify: auth.identify, ai, matching, audited, firstModel });
  const bots = await startBots(app, { ...context, identify: auth.identify, ai, chatDays: config.chatDays });
  const reports = createReportMaker({ timers: systemTimers });
  const work = config.demoPastTalks ? demoWork({ ...context, reports }) : {};
  const { bulk } = models;
  const listening = meter ? { meter } : {};
  const coaching = startCoaching({
    ...context,
    ...listening,
    identify: auth.identify,
    ai,
    bulk,
    reports,
    work,
  });
  app.addHook("onListen", () => bulk.start());
  const scoring = startScoring(context);
  await addConsole(app);
  await post?.start();
  return {
    identify: auth.identify,
    async stop() {
      await telephony.stop();
      await bots.stop();
      await coaching.stop();
      await scoring.stop();
      await matching.stop();
      await models.stop();
      await simulated.stop();
      await post?.stop();
      await auth.stop();
    },
  };
}

/** Models, their keys, limits and bill, and the gateway over them. */
async function openModels({ app, db, clock, config, registry }: ServerContext, sealer: Sealer) {
  const accounts = openAiAccountRecords(sealer);
  const outside = createOutsideAgent();
  const connect: Connect = (access, byOperator) => {
    const mayReachInside = byOperator || config.privateModelProviders;
    return providerOf(access, mayReachInside ? undefined : outside);
  };
  const ports = { db, clock, log: app.log };
  const catalogue = await createCatalogue({ ...ports, accounts, connect, environment: config.ai });
  const ledger = await createLedger({
    ...{ ...ports, timers: systemTimers, keepDays: config.aiAuditDays },
  });
  const guard = createGuard({ clock: systemClock, timers: systemTimers, limits: config.modelLimits });
  const gateway = createGateway({
    ...{ catalogue, ledger, guard, cache: createAnswerCache(), log: app.log, registry },
    builtIn: createBuiltInProvider(),
  });
  const bulk = createBulk({ ...ports, catalogue, ledger, guard, timers: systemTimers, random: Math.random });
  const approvals = keepApprovalsTidy({ ...ports, keepDays: config.aiAuditDays });
  const evaluationFile = join(config.dataDir, "evaluation.json");
  const { speech } = config;
  return {
    admin: {
      ...{ accounts, connect, gateway, environment: config.ai, evaluationFile },
      listensWith: speech?.model ?? null,
      keeps: { requestDays: config.aiAuditDays, chatDays: config.chatDays },
    },
    bulk,
    meter: speech && createSoundMeter({ db, clock, ledger, model: speech.model }),
    audited: ledger.flush,
    firstModel: createFirstModel(catalogue),
    onModelsChange: catalogue.onChange,
    async stop() {
      approvals.stop();
      await bulk.stop();
      await gateway.stop();
      await ledger.stop();
      await catalogue.stop();
      await outside.destroy();
    },
  };
}

/** Null where no mail server is set up. */
function openMail({ config, app, db, clock }: ServerContext, sealer: Sealer) {
  const { mail } = config;
  const ports = { db, clock, timers: systemTimers, random: Math.random };
  return mail && openPost({ ...ports, sealer, mail, log: app.log });
}

function openCarriers(context: ServerContext, sealer: Sealer, publicUrl: () => string) {
  const { config, app } = context;
  const simulated = createSimulatedCarrier({ dataDir: config.dataDir, log: app.log });
  const carriers = {
    twilio: createTwilioCarrier({ provider: "twilio" }),
    sip: createSipCarrier({ mayReachInside: config.privateExchanges }),
    simulator: simulated.carrier,
  };
  // The simulated carrier runs on this machine, where no proxy stands in between.
  const serverUrl = (provider: string) => (provider === "simulator" ? context.url() : publicUrl());
  return { simulated, accounts: openAccounts({ ...context, sealer, carriers, serverUrl }) };
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
