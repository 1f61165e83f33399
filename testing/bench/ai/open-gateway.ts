import { join } from "node:path";
import { Writable } from "node:stream";
import Fastify from "fastify";
import { Registry } from "prom-client";
import { systemClock, systemTimers } from "../../../shared/result/ports.ts";
import { openAiAccountRecords } from "../../../sync-server/ai/accounts/index.ts";
import { createCatalogue } from "../../../sync-server/ai/catalogue/index.ts";
import { createAnswerCache, createGateway, createGuard } from "../../../sync-server/ai/index.ts";
import { createLedger } from "../../../sync-server/ai/ledger/index.ts";
import { openDatabase } from "../../../sync-server/database/index.ts";
import { createBuiltInProvider } from "../../../sync-server/providers/built-in/index.ts";
import { providerOf } from "../../../sync-server/providers/model-provider.ts";
import { createSealer } from "../../../sync-server/seal.ts";
import { makeServerFolder } from "../../processes/server-folder.ts";
import { addUsualLimits, benchPrice } from "./usual-limits.ts";

/** The gateway as a server has it: its catalogue, limits, bill and audit on the embedded database. */
export async function openGateway(dataDir: string, baseUrl: string) {
  await makeServerFolder(dataDir, addUsualLimits);
  const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const { log } = Fastify({ logger: { stream: nowhere } });
  const clock = systemClock;
  const catalogue = await createCatalogue({
    ...{ db, clock, log, connect: (access) => providerOf(access) },
    accounts: openAiAccountRecords(createSealer("bench")),
    environment: { baseUrl, apiKey: "sk-bench", model: "bench", price: benchPrice },
  });
  const ledger = await createLedger({ db, clock, log, timers: systemTimers });
  const ai = createGateway({
    ...{ catalogue, ledger, log, cache: createAnswerCache(), builtIn: createBuiltInProvider() },
    ...{ guard: createGuard({ clock, timers: systemTimers }), registry: new Registry() },
  });
  return {
    ai,
    async close() {
      await ai.stop();
      await ledger.stop();
      await catalogue.stop();
      await db.close();
    },
  };
}
