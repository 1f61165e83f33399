import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { systemClock, systemTimers, type Clock } from "../shared/result/ports.ts";
import type { ServerConfig } from "./config.ts";
import { openDatabase, type Database } from "./database/index.ts";
import { addHealthRoutes, addMetricsRoute, createApp, createRegistry, type Identify } from "./http/index.ts";
import { forgetOldOutcomes, openSaidChannel, startSync, type SaidChannel } from "./sync/index.ts";

/** What a capability gets to work with before the server listens. */
export type ServerContext = {
  config: ServerConfig;
  app: FastifyInstance;
  db: Database;
  clock: Clock;
  registry: Registry;
  /** What is being said in calls, on its way to desks. */
  said: SaidChannel;
  /** Where this process listens, without a slash at the end. @throws before it does */
  url(): string;
};

export type RunningServer = {
  /** `http://host:port`, without a slash at the end. */
  url: string;
  db: Database;
  /** Tells devices that the server stops, finishes what is under way and closes the database. */
  close(): Promise<void>;
};

/** `stop` runs when no request is under way any more and the database is still open. */
export type SignIn = { identify: Identify; stop?(): Promise<void> };

const maintenanceEveryMs = 5 * 60_000;
const lookAtDiskEveryMs = 2_000;

/**
 * Starts a server. Opening, adding routes and listening happen in this order, so that no request meets a server
 * that is half there.
 *
 * @param addSignIn adds the routes of sign-in and everything that needs it; gives who a request comes from
 */
export async function startServer(
  config: ServerConfig,
  addSignIn: (context: ServerContext) => Promise<SignIn>,
  ports: { clock?: Clock; db?: Database } = {},
): Promise<RunningServer> {
  const db = ports.db ?? (await openDatabase(config.database));
  const registry = createRegistry();
  const app = await createApp(config, registry);
  const clock = ports.clock ?? systemClock;
  const said = await openSaidChannel(db, systemTimers, (error) =>
    app.log.warn({ err: error }, "what is being said did not reach other nodes"),
  );
  const context: ServerContext = { config, app, db, clock, registry, said, url: () => addressOf(app) };
  let stopping = false;
  try {
    addHealthRoutes(app, db, () => stopping);
    addMetricsRoute(app, registry, config.metricsToken);
    const signIn = await addSignIn(context);
    const sync = await startSync({ ...context, identify: signIn.identify });
    const maintenance = setInterval(() => void maintain(context), maintenanceEveryMs);
    // Fastify runs these in turn and waits for none: when it comes to this one, all that begins once there is an address
    // has begun, and whoever stops the server stops it too.
    const begun = Promise.withResolvers<void>();
    app.addHook("onListen", async () => begun.resolve());
    await app.listen({ host: config.host, port: config.port });
    await begun.promise;
    const stopWatching = tellOfDisk(context);
    return {
      url: addressOf(app),
      db,
      async close() {
        stopping = true;
        clearInterval(maintenance);
        stopWatching();
        await sync.stop();
        await app.close();
        await signIn.stop?.();
        await said.stop();
        registry.clear();
        await db.close();
      },
    };
  } catch (error) {
    await app.close();
    await db.close();
    throw error;
  }
}

async function maintain({ db, app }: ServerContext): Promise<void> {
  try {
    await forgetOldOutcomes(db);
    await db.maintain();
  } catch (error) {
    app.log.error({ err: error }, "maintenance failed");
  }
}

/** Once each: whatever waits for room meanwhile, such as jobs, says nothing of it. @returns what ends that */
function tellOfDisk({ db, app }: ServerContext): () => void {
  let wasFull = false;
  const look = () => {
    const isFull = db.isFull();
    if (isFull && !wasFull) app.log.error("the disk is nearly full: nothing is kept until there is room");
    if (!isFull && wasFull) app.log.info("the disk has room again");
    wasFull = isFull;
  };
  look();
  const watch = setInterval(look, lookAtDiskEveryMs);
  return () => clearInterval(watch);
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
