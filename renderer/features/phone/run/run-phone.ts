import { phoneInbox, publishPhone } from "../../../../shared/rpc/contract/phone.ts";
import { record } from "../../../../shared/rpc/contract/records.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { newRecordId, type RecordId } from "../../../../shared/entities/id.ts";
import type { Business } from "../../../../shared/entities/setting.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import type { Clock, Random, Timers } from "../../../../shared/result/ports.ts";
import type { Client } from "../../../client/index.ts";
import type { OpenDevice } from "../device/device-port.ts";
import type { HeadsetDesk } from "../headset/headset-desk.ts";
import { isWanted, newPhone, type Phone, type PhoneEvent } from "../machine/model.ts";
import { isHeard } from "../machine/own-call.ts";
import { providerOf } from "../machine/outcomes.ts";
import { nextPhone } from "../machine/phone-machine.ts";
import { showPhone } from "../machine/show-phone.ts";
import type { AudioDesk } from "./audio-desk.ts";
import { createCallLegs } from "./call-legs.ts";
import { createEffects } from "./carry-out.ts";
import { createCallFollower, findUnwrapped } from "./follow-calls.ts";
import { createAsideKeeper } from "./keep-aside.ts";
import { keepLine } from "./keep-line.ts";
import { followServerTime } from "./server-time.ts";
import { watchQuality } from "./watch-quality.ts";
import { withWholeNumbers } from "./whole-numbers.ts";

export type PhonePorts = {
  client: Client;
  audio: AudioDesk;
  headsets: HeadsetDesk;
  openDevice: (provider: LineAccess["provider"]) => OpenDevice;
  clock: Clock;
  timers: Timers;
  random: Random;
};

export type RunningPhone = {
  phone(): Phone;
  onChange(listener: (state: PhoneState, role: "phone" | "standby" | "none") => void): void;
  /** The machine has woken up, or the network is back. */
  lookAgain(): void;
  isInCall(): boolean;
  close(): Promise<void>;
};

const heartbeatMs = 10_000;
const businessId = "business" as RecordId;
/** Of numbers without a country, until the tenant's is known. */
const usualCountry = "US";

/** The phone of this desk, for as long as this window is the one that is it. */
export function runPhone(ports: PhonePorts): RunningPhone {
  const { client, audio, headsets, openDevice, timers, random } = ports;
  const { clock, stop: stopClock } = followServerTime(client, ports.clock);
  const newId = () => newRecordId();
  const answered = new Set<string>();
  let phone = newPhone();
  let role: "phone" | "standby" | "none" = "none";
  let published = "";
  let country = usualCountry;
  let tellWindow: Parameters<RunningPhone["onChange"]>[0] = () => {};
  let cancelBeat = () => {};

  const isInCall = () =>
    legs.isLeaving() || phone.calls.some(({ leg }) => leg === "open" || leg === "opening");
  /** Whoever rings here would be hung up on as well. */
  const needsDevice = () => isInCall() || phone.calls.some(({ leg }) => leg === "offered");
  const hearDevice = (event: PhoneEvent) => dispatch(withWholeNumbers(event, country));
  const legs = createCallLegs(hearDevice, newId, () => {
    if (!needsDevice()) line.tell({ type: "call-over" });
  });
  const follower = createCallFollower(client, dispatch);
  const aside = createAsideKeeper(client, { clock, timers });
  const line = keepLine({
    client,
    openDevice,
    devicePorts: {
      openMicrophone: () => audio.openMicrophone(),
      onIncoming: (call) => legs.offer(call, providerOf(phone)),
    },
    clock,
    timers,
    random,
    inCall: needsDevice,
    onLine: (next) => dispatch({ type: "line", line: next }),
    onDevice: (device) => audio.useDevice(device),
  });
  const effects = createEffects({
    client,
    legs,
    line,
    audio,
    headsets,
    timers,
    tell: dispatch,
    isWithdrawn: (askId) => phone.permits.some((one) => one.askId === askId && !isWanted(one)),
    follow: follower.follow,
  });
  audio.onReplaced((before, after) => legs.replaceMicrophone(before, after));
  const quality = watchQuality({
    client,
    legs,
    timers,
    clock: ports.clock,
    calls: () => phone.calls.filter(isHeard),
    tell: dispatch,
  });

  audio.onChange((changed) => dispatch({ type: "audio", audio: changed }));
  headsets.onName((headset) => dispatch({ type: "audio", audio: { headset } }));
  // Not by way of the replica, which may be away: nobody waits for the answer but the lamps.
  headsets.onCommand((command) => dispatch({ type: "asked", askId: `headset:${newId()}`, command }));

  function dispatch(event: PhoneEvent): void {
    const wasNeeded = needsDevice();
    const step = nextPhone(phone, event, { at: new Date(clock.now()).toISOString(), newId });
    phone = step.phone;
    // Before anything of it is told: what is told may be refused.
    aside.look(phone);
    for (const effect of step.effects) effects.carryOut(effect);
    follower.look(phone);
    quality.look();
    if (wasNeeded && !needsDevice()) line.tell({ type: "call-over" });
    publish();
  }

  function publish(): void {
    const state = showPhone(phone);
    tellWindow(state, role);
    headsets.show(state);
    const text = JSON.stringify(state);
    if (role !== "phone" || text === published) return;
    published = text;
    void client.call(publishPhone, state);
  }

  /** A window that was put to sleep says nothing, and then it is shown that it does. */
  function beat(): void {
    published = "";
    publish();
    aside.beat(phone);
    cancelBeat = timers.after(heartbeatMs, beat);
  }

  function takeInbox(inbox: OutputOf<typeof phoneInbox>): void {
    const before = role;
    role = inbox.role;
    if (inbox.role === "standby") {
      aside.close();
      return line.tell({ type: "unwanted" });
    }
    if (before !== "phone") takePart();
    for (const { askId, command } of inbox.asked) {
      if (answered.has(askId)) continue;
      answered.add(askId);
      dispatch({ type: "asked", askId, command });
    }
    // A replica that began anew has not heard of us.
    publish();
  }

  function takePart(): void {
    line.tell({ type: "wanted" });
    cancelBeat();
    beat();
    aside.open((calls) => {
      dispatch({ type: "kept", calls });
      findUnwrapped(client, dispatch);
    });
  }

  const stops = [
    client.watch(session, {}, ({ session: state }) => {
      if (state.state === "signed-in") dispatch({ type: "signed-in", me: state.person.userId });
      else if (phone.me !== null) leave();
    }),
    client.watch(record, { collection: "settings", id: businessId }, ({ record: business }) => {
      country = (business as Business | null)?.country ?? usualCountry;
    }),
    client.watch(phoneInbox, {}, takeInbox, ({ code }) => {
      if (code === "signed-out") role = "none";
    }),
    client.onConnection(() => {
      published = "";
    }),
  ];

  function leave(): void {
    aside.close();
    dispatch({ type: "signed-out" });
    line.tell({ type: "unwanted" });
  }

  return {
    phone: () => phone,
    onChange(listener) {
      tellWindow = listener;
      publish();
    },
    lookAgain: () => line.tell({ type: "look-again" }),
    isInCall,
    async close() {
      cancelBeat();
      aside.close();
      quality.stop();
      stopClock();
      for (const stop of stops) stop();
      follower.stop();
      audio.close();
      await line.device()?.stop();
    },
  };
}
