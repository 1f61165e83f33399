import { createRxDatabase, type RxJsonSchema } from "rxdb";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { rxSchemaOf } from "../../../main/replica/database/record-schemas.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { feedStart, protocolVersion, type Checkpoint, type PullResponse } from "../../../shared/sync/wire.ts";

type Asked = { token: string; device: string; leads: number };

/** RxDB as most people use it in a browser: Dexie storage, its own replication, the same server and records. */
async function firstSync({ token, device, leads }: Asked): Promise<number> {
  const database = await createRxDatabase({
    name: `bench-${Date.now()}`,
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  const { leads: collection } = await database.addCollections({
    leads: { schema: rxSchemaOf("leads") as RxJsonSchema<Doc> },
  });
  const startedMs = performance.now();
  const replication = replicateRxCollection<Doc, Checkpoint & { scope: string }>({
    collection,
    replicationIdentifier: "bench",
    live: false,
    pull: {
      batchSize: 2_000,
      async handler(last, limit) {
        const { scope, ...checkpoint } = last ?? { ...feedStart, scope: "" };
        const body = { protocol: protocolVersion, device, collection: "leads", checkpoint, scope, limit };
        const response = await fetch("/api/v1/sync/pull", {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
        });
        const page = (await response.json()) as PullResponse;
        const documents = page.docs.map((doc) => ({ ...doc, _deleted: false })) as never;
        return { documents, checkpoint: { ...page.checkpoint, scope: page.scope } };
      },
    },
  });
  await replication.awaitInitialReplication();
  const tookMs = performance.now() - startedMs;
  const held = await collection.count().exec();
  if (held < leads) throw new Error(`only ${held} leads arrived`);
  await database.remove();
  return tookMs;
}

Object.assign(globalThis, { firstSync });
