import { addRxPlugin, overwritable, randomToken, type RxCollection } from "rxdb";
import { RxDBLocalDocumentsPlugin } from "rxdb/plugins/local-documents";
import { replicateRxCollection } from "rxdb/plugins/replication";
import {
  getPullHandler,
  getPullStream,
  getPushHandler,
  humansCollection,
  runPerformanceTests,
  runReplicationBaseTestSuite,
  setConfig,
} from "rxdb/plugins/test-utils";
import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { getRxStoragePGlite, type RxStoragePGlite } from "../../main/replica/pglite-storage/index.ts";
import { openTestPGlite } from "../fakes/open-test-pglite.ts";

// RxDB's suites are written for mocha, whose functions are global.
Object.assign(globalThis, { describe, it });
vi.spyOn(console, "log").mockImplementation(() => {});
addRxPlugin(RxDBLocalDocumentsPlugin);
// The suites open databases as only dev-mode may; the dev-mode plugin itself loads a page from its maker's site.
const { isDevMode } = overwritable;
addRxPlugin({ name: "dev-mode-for-suites", rxdb: true, overwritable: { isDevMode: () => true } });

const pglite = await openTestPGlite();
const storage: RxStoragePGlite = getRxStoragePGlite({ pglite });
// Other files run in this process after it.
afterAll(async () => {
  overwritable.isDevMode = isDevMode;
  await pglite.close();
});
setConfig({
  storage: {
    name: "pglite",
    getStorage: () => storage,
    getPerformanceStorage: () => ({ storage, description: "pglite" }),
    hasPersistence: true,
    hasMultiInstance: false,
    hasAttachments: false,
    hasReplication: true,
  },
});

describe("RxDB's replication suite on the PGlite storage, as client and as server", () => {
  let server: RxCollection;

  beforeAll(async () => {
    server = (await humansCollection.create(0, "server", false)) as unknown as RxCollection;
  });

  const startReplication = (collection: RxCollection, live = true) =>
    replicateRxCollection({
      collection,
      replicationIdentifier: `suite-${server.database.token}`,
      live,
      autoStart: true,
      pull: {
        handler: getPullHandler(server) as never,
        stream$: getPullStream(server) as never,
        batchSize: 5,
      },
      push: { handler: getPushHandler(server) as never, batchSize: 5 },
    });

  runReplicationBaseTestSuite({
    startReplication,
    async syncOnce(collection) {
      const replication = startReplication(collection, false);
      replication.error$.subscribe((error) => expect.unreachable(error.message));
      await replication.awaitInitialReplication();
    },
    getAllServerDocs: () => server.find().exec(),
    async cleanUpServer() {
      server = (await humansCollection.create(0, "server", false)) as unknown as RxCollection;
    },
    getPrimaryOfServerDoc: (doc: { passportId: string }) => doc.passportId,
  });
});

test("RxDB's performance helper runs through on it", async () => {
  const result = await runPerformanceTests(storage, `pglite ${randomToken(3)}`, {
    runs: 1,
    docsAmount: 600,
    serialDocsAmount: 10,
    collectionsAmount: 2,
    waitBetweenTests: 0,
    log: false,
  });
  expect(Object.keys(result)).toContain("find-by-query");
}, 60_000);
