import type { RecordId } from "../../../../shared/entities/id.ts";
import type {
  CallListener,
  DeviceCall,
  IncomingCall,
  OutgoingCall,
  PhoneDevice,
} from "../device/device-port.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { Refused } from "./refusal.ts";

/** The device's calls by our ids. */
export type CallLegs = {
  /** @returns the id under which it goes from now on */
  offer(incoming: IncomingCall, provider: string): void;
  accept(callId: RecordId): Promise<void>;
  connect(device: PhoneDevice, call: OutgoingCall & { callId: RecordId }): Promise<void>;
  reject(callId: RecordId): void;
  disconnect(callId: RecordId): void;
  mute(callId: RecordId, on: boolean): void;
  replaceMicrophone(before: MediaStream, after: MediaStream): void;
  get(callId: RecordId): DeviceCall | undefined;
};

export function createCallLegs(tell: (event: PhoneEvent) => void, newId: () => RecordId): CallLegs {
  const offers = new Map<RecordId, IncomingCall>();
  const legs = new Map<RecordId, DeviceCall>();
  /** Wanted before the device had them. */
  const hungUp = new Set<RecordId>();
  const muted = new Map<RecordId, boolean>();

  function listenerOf(callId: RecordId): CallListener {
    return {
      ringing: () => tell({ type: "ringing", callId }),
      answered: () => tell({ type: "answered", callId }),
      broken: () => tell({ type: "broken", callId }),
      mended: () => tell({ type: "mended", callId }),
      transfer({ transferId, ...change }) {
        const step =
          change.change === "cancelled"
            ? ({ step: "cancelled", why: change.why } as const)
            : ({ step: change.change } as const);
        tell({ type: "transfer", callId, transferId, change: step });
      },
      ended(why, message) {
        legs.delete(callId);
        muted.delete(callId);
        tell({ type: "ended", callId, why, message });
      },
    };
  }

  function open(callId: RecordId, leg: DeviceCall): void {
    legs.set(callId, leg);
    tell({ type: "opened", callId, controlsItself: leg.own !== null });
    if (muted.get(callId)) leg.mute(true);
    if (hungUp.delete(callId)) leg.disconnect();
  }

  /** It may end before its own beginning has been told: then there is nothing to be opened. */
  async function begin(
    callId: RecordId,
    start: (listener: CallListener) => Promise<DeviceCall>,
  ): Promise<void> {
    let over = false;
    const listener = listenerOf(callId);
    const leg = await start({
      ...listener,
      ended(why, message) {
        over = true;
        listener.ended(why, message);
      },
    });
    if (!over) open(callId, leg);
  }

  return {
    offer(incoming, provider) {
      const callId = (incoming.callId as RecordId | null) ?? newId();
      const before = legs.get(callId);
      const isSupervisor = incoming.monitoring !== null && incoming.monitoring !== "party";
      // The same call twice: the first one rings already. A supervisor who takes another part is rung anew.
      if (offers.has(callId) || (before && !isSupervisor)) return;
      before?.disconnect();
      offers.set(callId, incoming);
      incoming.onGone((why) => {
        if (offers.delete(callId)) tell({ type: "offer-gone", callId, why });
      });
      const { from, to, name, monitoring } = incoming;
      const leadId = incoming.leadId as RecordId | null;
      tell({ type: "offered", call: { callId, from, to, name, leadId, monitoring, provider } });
    },
    async accept(callId) {
      const incoming = offers.get(callId);
      if (!incoming) throw new Refused("not-possible", "This call can no longer be answered.");
      await begin(callId, (listener) => incoming.accept(listener));
      // Declined, or gone, while it was being answered.
      if (!offers.delete(callId)) legs.get(callId)?.disconnect();
    },
    connect: (device, call) => begin(call.callId, (listener) => device.connect(call, listener)),
    reject(callId) {
      const incoming = offers.get(callId);
      offers.delete(callId);
      incoming?.reject();
    },
    disconnect(callId) {
      const leg = legs.get(callId);
      if (leg) leg.disconnect();
      else hungUp.add(callId);
    },
    mute(callId, on) {
      muted.set(callId, on);
      legs.get(callId)?.mute(on);
    },
    replaceMicrophone(before, after) {
      for (const leg of legs.values()) void leg.replaceMicrophone(before, after);
    },
    get: (callId) => legs.get(callId),
  };
}
