import type { FastifyInstance } from "fastify";
import { Counter, type Registry } from "prom-client";
import type { Clock } from "../../../shared/result/ports.ts";
import type { Notice } from "../../telephony/index.ts";
import type { MediaAddresses } from "./media-address.ts";
import type { SoundAsker, SoundMeter } from "../../ai/index.ts";
import { addMediaRoute } from "./media-route.ts";
import { meterSpeech, type BeginHearing } from "./meter-speech.ts";
import type { SpeechToText } from "./port.ts";

// The door of listening: for calls whose carrier does not write down what is said.
export { createMediaAddresses, type MediaAddresses } from "./media-address.ts";
export type * from "./port.ts";

export type SpeechDeps = {
  app: FastifyInstance;
  clock: Clock;
  registry: Registry;
  speech: SpeechToText;
  language: string | null;
  addresses: MediaAddresses;
  /** What is sent to the provider goes on the bill of whoever's leg it is. */
  meter: Pick<SoundMeter, "begin">;
  /** Null = of no account of ours any more. */
  whoseIs(accountId: string, legId: string): Promise<SoundAsker | null>;
  /** Takes what was heard on a leg, as if its carrier had told it. */
  hear(accountId: string, notice: Notice, identity: string): Promise<void>;
};

/** Listens to calls through a provider of speech-to-text. Call it before listening. */
export function startListening(deps: SpeechDeps): void {
  const { app, clock, registry, speech, language, addresses, hear } = deps;
  const stops = new Counter({
    name: "ringside_speech_stopped_total",
    help: "Times when a provider of speech-to-text ended, hung or could not be reached during a call",
    registers: [registry],
  });
  addMediaRoute({
    app,
    addresses,
    streamOf: (accountId, legId) => ({
      ...{ speech: meterSpeech(speech, beginOf(deps, accountId, legId)), language, clock },
      tell(notice, identity) {
        hear(accountId, notice, identity).catch((error: unknown) =>
          app.log.error({ err: error, accountId, legId }, "what was heard was not kept"),
        );
      },
      onStopped(why) {
        stops.inc();
        app.log.warn({ accountId, legId, provider: speech.name, why }, "nobody listens to a call for now");
      },
    }),
  });
}

/** Asked anew for each session: whoever answers meanwhile has the call from then on. */
function beginOf({ meter, whoseIs }: SpeechDeps, accountId: string, legId: string): BeginHearing {
  return async (onStop) => {
    const asker = await whoseIs(accountId, legId);
    return asker && meter.begin(asker, onStop);
  };
}
