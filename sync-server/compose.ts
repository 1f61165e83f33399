import { join } from "node:path";
import { systemClock, systemTimers } from "../shared/result/ports.ts";
import { addAdminRoutes } from "./admin/index.ts";
import { createAnswerCache, createGateway, createGuard } from "./ai/index.ts";
import { openAiAccountRecords } from "./ai/accounts/index.ts";
import { startAlerts } from "./ai/alerts/index.ts";
import { keepApprovalsTidy } from "./ai/approvals/index.ts";
import { createBulk } from "./ai/bulk/index.ts";
import { createCatalogue, type Connect } from "./ai/catalogue/index.ts";
import { createLedger } from "./ai/ledger/index.ts";
import { createSoundMeter } from "./ai/metering/index.ts";
import { addAssistant, assistantTasks, createFirstModel } from "./assistant/index.ts";
import { startAuth } from "./auth/index.ts";
import { botTasks, startBots } from "./bot/index.ts";
import { coachingTasks, createReportMaker, startCoaching } from "./coaching/index.ts";
import { createMediaAddresses, startListening } from "./coaching/speech/index.ts";
import { demoWork } from "./demo/index.ts";
import { addConsole, createOutsideAgent } from "./http/index.ts";
import { openPost, writeToFile } from "./letters/index.ts";
import { startMatching } from "./matching/index.ts";
import { createBuiltInProvider } from "./providers/built-in/index.ts";
import { providerOf } from "./providers/model-provider.ts";
import { createSimulatedCarrier } from "./providers/simulated-carrier.ts";
import { createSpeechToText } from "./providers/speech/index.ts";
import { createSipCarrier } from "./providers/sip/index.ts";
import { createTwilioCarrier } from "./providers/twilio/index.ts";
import { startScoring } from "./scoring/index.ts";
import { createSealer, type Sealer } from "./seal.ts";
import { readSecret } from "./secret.ts";
import type { ServerContext } from "./server.ts";
import { openAccounts, startTelephony } from "./telephony/index.ts";

/**
 * Everything that the server can do, put together on a server that does not listen yet.
 * @param limits how often one address may try to sign in; unset = as `startAuth` has it
 */
export async function addCapabilities(context: ServerContext, limits: { signInsPerMinute?: number } = {}) {
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
    ...limits,
  });
  const { accounts, simulated } = openCarriers(context, sealer, publicUrl);
  const models = await openModels(context, sealer);
  addAdminRoutes(app, { ...auth, accounts, ai: models.admin, nodeStartedAt: clock.now() });
  const addresses = createMediaAddresses(sealer, () => clock.now());
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
  const assistant = addAssistant(app, {
    ...context,
    identify: auth.identify,
    ai,
    matching,
    audited,
    firstModel,
  });
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
  // Whoever has no mail server reads of it in the console.
  const alerts = post && startAlerts({ ...context, letters: post, publicUrl, log: app.log });
  await addConsole(app);
  await post?.start();
  await alerts?.start();
  return {
    identify: auth.identify,
    async stop() {
      await telephony.stop();
      await bots.stop();
      await assistant.stop();
      await coaching.stop();
      await scoring.stop();
      await matching.stop();
      await models.stop();
      await simulated.stop();
      await alerts?.stop();
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
      tasks: [...assistantTasks, ...botTasks, ...coachingTasks],
      keeps: { requestDays: config.aiAuditDays, chatDays: config.chatDays },
    },
    bulk,
    meter: speech && createSoundMeter({ db, clock, ledger, model: speech.model }),
    audited: ledger.flush,
    firstModel: createFirstModel({ catalogue, guard, ledger }),
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
