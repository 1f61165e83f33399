import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { getRxStoragePGlite } from "../../main/replica/pglite-storage/index.ts";
import { openTestPGlite } from "../fakes/open-test-pglite.ts";
import { describeRxStorageContract } from "./rx-storage-contract.ts";

describeRxStorageContract("PGlite", async () => {
  const pglite = await openTestPGlite();
  return { storage: getRxStoragePGlite({ pglite }) as never, close: () => pglite.close() };
});

describeRxStorageContract("RxDB's memory storage", async () => ({
  storage: getRxStorageMemory() as never,
  close: async () => {},
}));
