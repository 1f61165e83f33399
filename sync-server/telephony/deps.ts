import type { FastifyBaseLogger } from "fastify";
import type { Clock, Random, Timers } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { Accounts } from "./accounts.ts";
import type { TelephonyMetrics } from "./metrics.ts";
import type { CarrierAccount } from "./port.ts";
import type { TranscriptRelay } from "./transcript/relay.ts";

/** The address of one leg's media stream. */
export type MediaUrl = (account: Pick<CarrierAccount, "id" | "webhookUrl">, legId: string) => string;

/** What everything in this folder works with. */
export type TelephonyDeps = {
  db: Database;
  clock: Clock;
  timers: Timers;
  random: Random;
  log: FastifyBaseLogger;
  accounts: Accounts;
  metrics: TelephonyMetrics;
  /** Finished recordings, `<tenant>/<key>`. */
  recordingsDir: string;
  /** Sounds that carriers fetch stand here, e.g. wait music. */
  soundsUrl: (account: { webhookUrl: string }) => string;
  jobs: Jobs;
  transcripts: TranscriptRelay;
  /** Where carriers send the sound of a leg for us to listen to; null = nobody of us can. */
  mediaUrl: MediaUrl | null;
};

export function mediaUrlOf(
  { mediaUrl }: Pick<TelephonyDeps, "mediaUrl">,
  account: CarrierAccount,
  { id }: { id: string },
): string | null {
  return mediaUrl?.(account, id) ?? null;
}

export function nowOf({ clock }: Pick<TelephonyDeps, "clock">): Date {
  return new Date(clock.now());
}
