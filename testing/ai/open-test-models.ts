import { join } from "node:path";
import { systemTimers } from "../../shared/result/ports.ts";
import type { AdminAi } from "../../sync-server/admin/index.ts";
import { openAiAccountRecords } from "../../sync-server/ai/accounts/index.ts";
import { createCatalogue } from "../../sync-server/ai/catalogue/index.ts";
import { createAnswerCache, createGateway } from "../../sync-server/ai/index.ts";
import { createLedger } from "../../sync-server/ai/ledger/index.ts";
import { assistantTasks } from "../../sync-server/assistant/index.ts";
import { botTasks } from "../../sync-server/bot/index.ts";
import { coachingTasks } from "../../sync-server/coaching/index.ts";
import { createBuiltInProvider } from "../../sync-server/providers/built-in/index.ts";
import type { ProviderAccess } from "../../sync-server/ai/provider-port.ts";
import { providerOf } from "../../sync-server/providers/model-provider.ts";
import { createSealer } from "../../sync-server/seal.ts";
import type { ServerContext } from "../../sync-server/server.ts";
import { withoutWaiting } from "./without-limits.ts";

type Given = Pick<ServerContext, "app" | "db" | "clock" | "registry"> & { secret: string; dataDir: string };

/** Models as the server has them, with its limits and its bill; they may stand on this machine. */
export async function openTestModels({ app, db, clock, registry, secret, dataDir }: Given) {
  const accounts = openAiAccountRecords(createSealer(secret));
  const connect = (access: ProviderAccess) => providerOf(access);
  const ports = { db, clock, log: app.log };
  const catalogue = await createCatalogue({ ...ports, accounts, connect, environment: null });
  const ledger = await createLedger({ ...ports, timers: systemTimers });
  const gateway = createGateway({
    ...{ catalogue, ledger, guard: withoutWaiting, cache: createAnswerCache(), log: app.log, registry },
    builtIn: createBuiltInProvider(),
  });
  const evaluationFile = join(dataDir, "evaluation.json");
  const keeps = { requestDays: 400, chatDays: 400 };
  const admin: AdminAi = {
    ...{ accounts, connect, gateway, environment: null, evaluationFile, keeps },
    listensWith: "nova-3",
    tasks: [...assistantTasks, ...botTasks, ...coachingTasks],
  };
  return {
    admin,
    async stop() {
      await gateway.stop();
      await ledger.stop();
      await catalogue.stop();
    },
  };
}
