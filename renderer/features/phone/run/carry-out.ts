import {
  answerOnPhone,
  controlCall,
  fetchGreeting,
  permitDial,
  permitTransfer,
} from "../../../../shared/rpc/contract/phone.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import type { CallControl } from "../../../../shared/calls/server-wire.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Timers } from "../../../../shared/result/ports.ts";
import { assertNever } from "../../../../shared/result/result.ts";
import type { Client } from "../../../client/index.ts";
import { fetchFile } from "../../../client/save-file.ts";
import type { DeviceCall, OwnControls } from "../device/device-port.ts";
import type { HeadsetDesk } from "../headset/headset-desk.ts";
import type { PhoneEffect, PhoneEvent } from "../machine/model.ts";
import type { AudioDesk } from "./audio-desk.ts";
import type { CallLegs } from "./call-legs.ts";
import type { LineKeeper } from "./keep-line.ts";
import { refusalOf, Refused, refuseSilent } from "./refusal.ts";
import { createReporter } from "./report-events.ts";

export type EffectPorts = {
  client: Client;
  legs: CallLegs;
  line: LineKeeper;
  audio: AudioDesk;
  headsets: Pick<HeadsetDesk, "look">;
  timers: Timers;
  tell: (event: PhoneEvent) => void;
  /** Whether nobody wants the dial any more that was asked for by this. */
  isWithdrawn: (askId: string) => boolean;
  follow: (callId: RecordId) => void;
};

type EffectOf<D extends PhoneEffect["do"]> = Extract<PhoneEffect, { do: D }>;

/** Does what the machine wants done, and tells it what came of that. */
export function createEffects(ports: EffectPorts): { carryOut(effect: PhoneEffect): void } {
  const { client, legs, line, audio, headsets, timers, tell, isWithdrawn, follow } = ports;
  const report = createReporter(client, timers);
  const cancels = new Map<string, () => void>();

  function carryOut(effect: PhoneEffect): void {
    switch (effect.do) {
      case "reply":
        return void client.call(answerOnPhone, { askId: effect.askId, answer: effect.answer });
      case "permit":
        return void permit(effect);
      case "connect":
        return void connect(effect);
      case "accept":
        return settle(effect.askId, () => accept(effect));
      case "reject":
        return legs.reject(effect.callId);
      case "disconnect":
        return legs.disconnect(effect.callId);
      case "mute":
        return legs.mute(effect.callId, effect.on);
      case "digits":
        return legs.get(effect.callId)?.sendDigits(effect.digits);
      case "hold":
        return settle(effect.askId, () => hold(effect));
      case "transfer":
        return settle(effect.askId, () => transfer(effect));
      case "complete-transfer":
      case "cancel-transfer":
        return settle(effect.askId, () => endTransfer(effect));
      case "leave-message":
        return settle(effect.askId, () => leaveMessage(effect));
      case "control":
        return settle(effect.askId, () => control(effect.callId, effect.control));
      case "report":
        return report(effect);
      case "follow-record":
        return follow(effect.callId);
      case "after":
        return wait(effect);
      case "choose-device":
        return settle(effect.askId, () => audio.choose(effect.kind, effect.deviceId));
      case "test-audio":
        return settle(effect.askId, async () => void audio.test());
      case "look-for-headset":
        return settle(effect.askId, headsets.look);
      case "retry":
        return settle(effect.askId, retry);
      case "ring":
        return audio.ring(effect.on);
      default:
        return assertNever(effect);
    }
  }

  function settle(askId: string, work: () => Promise<void>): void {
    work().then(
      () => tell({ type: "done", askId }),
      (error: unknown) => tell({ type: "refused", askId, error: refusalOf(error) }),
    );
  }

  async function permit({ askId, callId, to, leadId }: EffectOf<"permit">): Promise<void> {
    try {
      const microphone = await audio.askAgain();
      // People may take their time to allow it.
      if (isWithdrawn(askId)) throw new Refused("failed", "The call was given up.");
      refuseSilent(microphone);
    } catch (error) {
      return tell({ type: "refused", askId, error: refusalOf(error) });
    }
    const answer = await client.call(permitDial, { callId, to, leadId });
    if (!answer.ok)
      return tell({ type: "refused", askId, error: { code: "failed", message: answer.error.message } });
    if (!answer.value.ok) return tell({ type: "refused", askId, error: answer.value.error });
    tell({ type: "permitted", askId, permit: answer.value.value });
  }

  async function connect({ askId, permit: { callId, to, from } }: EffectOf<"connect">): Promise<void> {
    try {
      const device = line.device();
      if (!device) throw new Refused("offline", "The phone has no line at the moment.");
      await legs.connect(device, { callId, to, from });
      tell({ type: "done", askId });
    } catch (error) {
      tell({ type: "refused", askId, callId, error: refusalOf(error) });
    }
  }

  const accept = ({ callId, holdFirst }: EffectOf<"accept">) => besides(holdFirst, () => legs.accept(callId));
  const hold = ({ callId, on, holdFirst }: EffectOf<"hold">) => besides(holdFirst, () => holdOne(callId, on));

  /** Whoever is put on hold for something that then fails is talked to again: nobody would think of them. */
  async function besides(others: readonly RecordId[], work: () => Promise<void>): Promise<void> {
    const held: RecordId[] = [];
    try {
      for (const other of others) {
        await holdOne(other, true);
        held.push(other);
      }
      await work();
    } catch (error) {
      // What became of those is told by their own records; the person reads why the other could not be had.
      for (const other of held) await holdOne(other, false).catch(() => {});
      throw error;
    }
  }

  async function holdOne(callId: RecordId, on: boolean): Promise<void> {
    await byDeviceOr(callId, (own) => own.hold(on), { do: "hold", on });
    tell({ type: "held", callId, on });
  }

  async function transfer({ callId, transferId, target, mode }: EffectOf<"transfer">): Promise<void> {
    const asCarrier: CallControl = { do: "transfer", transferId, target, mode };
    const byDevice = async (own: OwnControls) =>
      own.transfer(await whereTo(callId, target), mode, transferId);
    const isOwn = await byDeviceOr(callId, byDevice, asCarrier);
    tell({ type: "transfer-started", callId, transferId, target, mode });
    // What a device has referred is theirs at once; the carrier tells by its record when they have picked up.
    if (isOwn && mode === "blind")
      tell({ type: "transfer", callId, transferId, change: { step: "completed" } });
  }

  /** What a device does by itself is judged by the same rules, and only the server knows who may not be called. */
  async function whereTo(callId: RecordId, target: CallTarget): Promise<string> {
    const answer = await client.call(permitTransfer, { callId, target });
    if (!answer.ok) throw new Refused("failed", answer.error.message);
    if (!answer.value.ok) throw new Refused(answer.value.error.code, answer.value.error.message);
    return answer.value.value.to;
  }

  async function endTransfer(effect: EffectOf<"complete-transfer" | "cancel-transfer">): Promise<void> {
    const { do: how, callId, transferId } = effect;
    const byDevice = (own: OwnControls) =>
      how === "complete-transfer" ? own.completeTransfer() : own.cancelTransfer();
    await byDeviceOr(callId, byDevice, { do: how, transferId });
    const change =
      how === "complete-transfer"
        ? ({ step: "completed" } as const)
        : ({ step: "cancelled", why: "agent" } as const);
    tell({ type: "transfer", callId, transferId, change });
  }

  /** Spoken from here, where no carrier is asked to. */
  async function leaveMessage({ callId, greeting }: EffectOf<"leave-message">): Promise<void> {
    const answer = await client.call(fetchGreeting, { greeting });
    if (!answer.ok) throw new Refused("failed", answer.error.message);
    if (!answer.value.ok) throw new Refused(answer.value.error.code, answer.value.error.message);
    const { fileId, mediaType } = answer.value.value;
    const sound = await fetchFile(client, fileId, mediaType);
    await legs.leaveMessage(callId, await sound.arrayBuffer());
    tell({ type: "message-left", callId });
  }

  /** @returns whether the device did it by itself */
  async function byDeviceOr(
    callId: RecordId,
    byDevice: (own: OwnControls) => Promise<void>,
    asked: CallControl,
  ): Promise<boolean> {
    const own: DeviceCall["own"] = legs.get(callId)?.own ?? null;
    await (own ? byDevice(own) : control(callId, asked));
    return own !== null;
  }

  async function control(callId: RecordId, asked: CallControl): Promise<void> {
    const answer = await client.call(controlCall, { callId, control: asked });
    if (!answer.ok) throw new Refused("failed", answer.error.message);
    if (!answer.value.ok) throw new Refused(answer.value.error.code, answer.value.error.message);
  }

  async function retry(): Promise<void> {
    line.tell({ type: "look-again" });
    refuseSilent(await audio.ask());
  }

  function wait({ what, callId, delayMs }: EffectOf<"after">): void {
    const key = `${what} ${callId}`;
    cancels.get(key)?.();
    cancels.set(
      key,
      timers.after(delayMs, () => {
        cancels.delete(key);
        tell({ type: "due", what, callId });
      }),
    );
  }

  return { carryOut };
}
