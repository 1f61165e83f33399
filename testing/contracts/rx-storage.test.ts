import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { getRxStoragePGlite, openPGlite } from "../../main/replica/pglite-storage/index.ts";
import { describeRxStorageContract } from "./rx-storage-contract.ts";

describeRxStorageContract("PGlite", async () => {
  const pglite = await openPGlite("memory");
  if (!pglite.ok) throw pglite.error.cause;
  return {
    storage: getRxStoragePGlite({ pglite: pglite.value }) as never,
    close: () => pglite.value.close(),
  };
});

describeRxStorageContract("RxDB's memory storage", async () => ({
  storage: getRxStorageMemory() as never,
  close: async () => {},
}));
