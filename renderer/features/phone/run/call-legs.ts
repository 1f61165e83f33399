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
  /** Whether one of them took it. */
  replaceMicrophone(before: MediaStream, after: MediaStream): Promise<boolean>;
  /** Leaves a recording on whatever picked up: from its beginning on nobody here is in that call any more. */
  leaveMessage(callId: RecordId, sound: ArrayBuffer): Promise<void>;
  /** A recording is being left. */
  isLeaving(): boolean;
  get(callId: RecordId): DeviceCall | undefined;
};

/** @param onLeft told when a recording has been left, and its call has ended */
export function createCallLegs(
  tell: (event: PhoneEvent) => void,
  newId: () => RecordId,
  onLeft: () => void = () => {},
): CallLegs {
  const offers = new Map<RecordId, IncomingCall>();
  const legs = new Map<RecordId, DeviceCall>();
  /** Offers that are being answered: the person is asked for the microphone, say. */
  const answering = new Set<IncomingCall>();
  /** Whose turn it is to tell of a call: what was left for another part of it has no say any more. */
  const turns = new Map<RecordId, object>();
  const left = new WeakSet<object>();
  /** Wanted before the device had them. */
  const hungUp = new Set<RecordId>();
  const muted = new Map<RecordId, boolean>();
  const leaving = new Set<DeviceCall>();

  function listenerOf(callId: RecordId, isItsTurn: () => boolean): CallListener {
    const say = (event: PhoneEvent) => {
      if (isItsTurn()) tell(event);
    };
    return {
      ringing: () => say({ type: "ringing", callId }),
      answered: () => say({ type: "answered", callId }),
      broken: () => say({ type: "broken", callId }),
      mended: () => say({ type: "mended", callId }),
      transfer({ transferId, ...change }) {
        const step =
          change.change === "cancelled"
            ? ({ step: "cancelled", why: change.why } as const)
            : ({ step: change.change } as const);
        say({ type: "transfer", callId, transferId, change: step });
      },
      otherSide: (now) => say({ type: "other-side", callId, ...now }),
      ended(why, message) {
        if (!isItsTurn()) return;
        forget(callId);
        tell({ type: "ended", callId, why, message });
      },
    };
  }

  function forget(callId: RecordId): void {
    legs.delete(callId);
    muted.delete(callId);
    turns.delete(callId);
  }

  function open(callId: RecordId, leg: DeviceCall): void {
    legs.set(callId, leg);
    tell({ type: "opened", callId, controlsItself: leg.own !== null });
    if (muted.get(callId)) leg.mute(true);
    if (hungUp.delete(callId)) leg.disconnect();
  }

  /**
   * It may end, or be left, before its own beginning has been told: then there is nothing to be opened.
   * @returns whether it was
   */
  async function begin(
    callId: RecordId,
    start: (listener: CallListener) => Promise<DeviceCall>,
  ): Promise<boolean> {
    const turn = {};
    turns.set(callId, turn);
    const isItsTurn = () => turns.get(callId) === turn;
    try {
      const leg = await start(listenerOf(callId, isItsTurn));
      if (isItsTurn()) open(callId, leg);
      else if (left.has(turn)) leg.disconnect();
    } catch (error) {
      if (!left.has(turn)) throw error;
    }
    return isItsTurn();
  }

  /** Of a supervisor who is rung for another part: the one before is over at once, however long its own end takes. */
  function leave(callId: RecordId): void {
    const [rung, leg, turn] = [offers.get(callId), legs.get(callId), turns.get(callId)];
    if (turn) left.add(turn);
    offers.delete(callId);
    hungUp.delete(callId);
    forget(callId);
    leg?.disconnect();
    if (rung && !answering.has(rung)) rung.reject();
    tell({ type: "ended", callId, why: "completed", message: null });
  }

  return {
    offer(incoming, provider) {
      const callId = (incoming.callId as RecordId | null) ?? newId();
      const rung = offers.get(callId);
      if (rung || legs.has(callId)) {
        const isSupervisor = incoming.monitoring !== null && incoming.monitoring !== "party";
        // The same call twice: the first one rings already. A supervisor who takes another part is rung anew.
        if (!isSupervisor || rung?.monitoring === incoming.monitoring) return;
        leave(callId);
      }
      offers.set(callId, incoming);
      incoming.onGone((why) => {
        if (offers.get(callId) !== incoming) return;
        offers.delete(callId);
        tell({ type: "offer-gone", callId, why });
      });
      const { from, to, name, monitoring } = incoming;
      const leadId = incoming.leadId as RecordId | null;
      tell({ type: "offered", call: { callId, from, to, name, leadId, monitoring, provider } });
    },
    async accept(callId) {
      const incoming = offers.get(callId);
      if (!incoming) throw new Refused("not-possible", "This call can no longer be answered.");
      answering.add(incoming);
      const isOpen = await begin(callId, (listener) => incoming.accept(listener)).finally(() =>
        answering.delete(incoming),
      );
      if (offers.get(callId) === incoming) offers.delete(callId);
      // Declined, or gone, while it was being answered.
      else if (isOpen) legs.get(callId)?.disconnect();
    },
    async connect(device, call) {
      await begin(call.callId, (listener) => device.connect(call, listener));
    },
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
    async replaceMicrophone(before, after) {
      const taken = [...legs.values()].map((leg) => leg.replaceMicrophone(before, after));
      return (await Promise.all(taken)).includes(true);
    },
    async leaveMessage(callId, sound) {
      const leg = legs.get(callId);
      if (!leg?.own) throw new Refused("not-possible", "This call is over.");
      const { over } = await leg.own.leaveMessage(sound);
      forget(callId);
      leaving.add(leg);
      void over.then(() => {
        leaving.delete(leg);
        onLeft();
      });
    },
    isLeaving: () => leaving.size > 0,
    get: (callId) => legs.get(callId),
  };
}
