import { publishLevels } from "../../../../shared/rpc/contract/phone.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Client } from "../../../client/index.ts";
import { freshWatch, judge, readSample, type Sample, type Watch } from "../audio/quality.ts";
import type { OwnCall, PhoneEvent } from "../machine/model.ts";
import type { CallLegs } from "./call-legs.ts";

const levelsEveryMs = 100;
const judgedEveryMs = 1_000;

/** While somebody is heard: how loud, ten times a second, and how good the line is, once a second, in words. */
export function watchQuality(ports: {
  client: Client;
  legs: CallLegs;
  clock: Clock;
  timers: Timers;
  calls: () => readonly OwnCall[];
  tell: (event: PhoneEvent) => void;
}): { look(): void; stop(): void } {
  const { client, legs, clock, timers, calls, tell } = ports;
  let cancel: (() => void) | null = null;
  let watched: RecordId | null = null;
  let watch: Watch = freshWatch;

  function look(): void {
    if (cancel === null && calls().length > 0) void round();
  }

  async function round(): Promise<void> {
    cancel = timers.after(levelsEveryMs, () => void round());
    const [call] = calls();
    if (!call) return rest();
    const stats = await legs.get(call.callId)?.stats();
    const sample = stats ? readSample(stats as unknown as Iterable<[string, unknown]>, clock.now()) : null;
    if (sample) take(call, sample);
  }

  function take(call: OwnCall, sample: Sample): void {
    const { microphone, speaker } = sample;
    void client.call(publishLevels, { microphone: call.muted ? 0 : microphone, speaker });
    if (watched !== call.callId) watch = freshWatch;
    watched = call.callId;
    if (watch.before && sample.atMs - watch.before.atMs < judgedEveryMs) return;
    const judged = judge(watch, sample, call.muted);
    watch = judged.watch;
    if (judged.network) tell({ type: "audio", audio: { network: judged.network } });
    if (judged.warning !== call.warning)
      tell({ type: "warned", callId: call.callId, warning: judged.warning });
  }

  function rest(): void {
    cancel?.();
    cancel = null;
    watched = null;
    void client.call(publishLevels, { microphone: 0, speaker: 0 });
    tell({ type: "audio", audio: { network: null } });
  }

  return { look, stop: () => cancel?.() };
}
