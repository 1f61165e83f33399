import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Pulled } from "./pull.ts";
import type { Pushed } from "./push/push.ts";

export type SyncMetrics = ReturnType<typeof createSyncMetrics>;

/** Counters of the sync capability, in the registry that /metrics shows. */
export function createSyncMetrics(registry: Registry) {
  const registers = [registry];
  const pulledRecords = new Counter({
    name: "ringside_sync_pulled_records_total",
    help: "Records sent in answers to pulls",
    labelNames: ["collection", "kind"],
    registers,
  });
  const edits = new Counter({
    name: "ringside_sync_edits_total",
    help: "Edits received, by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const connected = new Gauge({
    name: "ringside_sync_connected_devices",
    help: "Devices with an open stream on this node",
    registers,
  });
  const streamed = new Counter({
    name: "ringside_sync_streamed_messages_total",
    help: "Messages sent on streams",
    labelNames: ["type"],
    registers,
  });
  const feedReads = new Histogram({
    name: "ringside_sync_feed_read_seconds",
    help: "From a change being announced to its batch being handed to the sockets",
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers,
  });
  return {
    pulled(collection: string, { docs, gone }: Pulled) {
      pulledRecords.inc({ collection, kind: "doc" }, docs);
      pulledRecords.inc({ collection, kind: "gone" }, gone);
    },
    pushed(counts: Pushed["counts"]) {
      for (const [outcome, count] of Object.entries(counts)) edits.inc({ outcome }, count);
    },
    connected: (devices: number) => connected.set(devices),
    streamed: (type: string, messages = 1) => streamed.inc({ type }, messages),
    feedRead: (seconds: number) => feedReads.observe(seconds),
  };
}
