import { aiOverhead } from "./ai/overhead.ts";
import { aiStreams } from "./ai/streams.ts";
import { insights } from "./coaching/insights.ts";
import { overlay } from "./coaching/overlay.ts";
import { matching } from "./coaching/matching.ts";
import { hangUpReport } from "./coaching/hang-up.ts";
import { hourReport } from "./coaching/report.ts";
import { liveTranscripts } from "./coaching/transcripts.ts";
import { deskCalls } from "./calls/desk-calls.ts";
import { manyCalls } from "./calls/many-calls.ts";
import { bankImport } from "./bank-import.ts";
import { bulkEdits } from "./bulk.ts";
import { firstSync } from "./first-sync.ts";
import { fullReplica } from "./replica.ts";
import { manyDevices } from "./devices.ts";
import { scoring } from "./scoring.ts";
import { scrolling } from "./scrolling.ts";
import { webhookRate } from "./webhooks.ts";
import type { Bench } from "./measurement.ts";

export const benches: readonly Bench[] = [
  firstSync,
  fullReplica,
  bulkEdits,
  bankImport,
  manyDevices,
  scrolling,
  scoring,
  webhookRate,
  deskCalls,
  manyCalls,
  overlay,
  matching,
  hourReport,
  hangUpReport,
  liveTranscripts,
  insights,
  aiOverhead,
  aiStreams,
];
