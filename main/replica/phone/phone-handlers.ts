import type { PhoneState } from "../../../shared/calls/phone.ts";
import { ok } from "../../../shared/result/result.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { phoneContract, phoneLevels } from "../../../shared/rpc/contract/phone.ts";
import type { PayloadOf } from "../../../shared/rpc/define.ts";
import type { PhoneKey } from "../../host/services.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import type { GreetingSounds } from "../recordings/greeting-sounds.ts";
import type { Recordings } from "../recordings/keep-recordings.ts";
import type { Edits } from "../replica.ts";
import type { SyncEngine } from "../sync/engine.ts";
import type { Telephony } from "./ask-telephony.ts";
import type { CallsAside } from "./calls-aside.ts";
import { createDialPrompts } from "./dial-prompts.ts";
import { createDials } from "./dials.ts";
import { followPhone } from "./follow-presence.ts";
import type { HangUps } from "./hang-ups.ts";
import { createPhoneHub, type PhoneHub } from "./phone-hub.ts";
import { commandOfKey } from "./phone-keys.ts";
import { reportCall } from "./report-calls.ts";

type CallLists = "listCalls" | "callStatistics" | "whoCalls" | "wallboard";
type Contract = Omit<typeof phoneContract, CallLists>;

export type PhonePorts = {
  edits: Edits;
  presence: PresenceBoard;
  telephony: Telephony;
  aside: CallsAside;
  recordings: Pick<Recordings, "fetch" | "isKept" | "onChange">;
  greetings: Pick<GreetingSounds, "fetch">;
  /** Its id, as the server knows it. */
  device: string;
  timers: Timers;
  newId: () => string;
  serverClock: Pick<SyncEngine, "aheadMs" | "onChange">;
  /** False: the person has to open it with a click. */
  openPhone: (window: "phone" | "mini-phone") => Promise<boolean>;
  tellLevels: (levels: PayloadOf<typeof phoneLevels>) => void;
  /** Told of every state, for the tray and the like. */
  onState: (state: PhoneState) => void;
  /** Others want a call to end: [STREAM-9]. */
  onHangUp: HangUps["onAsked"];
};

export type Phone = {
  handlers: Handlers<Contract>;
  /** For whoever works through a list: what the phone shows, and commands to it. */
  hub: Pick<PhoneHub, "state" | "onState" | "ask">;
  /** A global hotkey, a menu of the tray, or the button of the notification with this tag. */
  press(key: PhoneKey, tag: string | null): void;
  /** Somebody followed a `tel:` link. */
  promptDial(to: string): void;
  close(): void;
};

/** The softphone as the replica has it: who is the phone, what it shows, and its way to the server. */
export function createPhone(ports: PhonePorts): Phone {
  const { edits, presence, telephony, aside, recordings, greetings, device, serverClock } = ports;
  const hub = createPhoneHub(ports);
  const prompts = createDialPrompts(ports.newId);
  const dials = createDials(telephony, ports.timers);
  const stops = [
    hub.onState(followPhone(presence)),
    hub.onState(ports.onState),
    ports.onHangUp((callId) => void hub.ask({ do: "hang-up", callId })),
  ];
  const done = async (_work: void) => ok({});
  return {
    hub,
    handlers: {
      phoneState(_input, emit) {
        emit(hub.state());
        return hub.onState(emit);
      },
      doOnPhone: async (command) => ok(await hub.ask(command)),
      openPhone: async ({ window }) => ok({ opened: await ports.openPhone(window) }),
      phoneInbox: (_input, emit) => hub.attend(emit),
      answerOnPhone: ({ askId, answer }) => done(hub.answer(askId, answer)),
      publishPhone: (state) => done(hub.publish(state)),
      publishLevels: (levels) => done(ports.tellLevels(levels)),
      reportCalls: ({ callId, events }) => reportCall(edits, device, callId, events),
      keepCallsAside: ({ calls }) => aside.keep(calls),
      callsAside: async () => ok({ calls: await aside.read() }),
      lineAccess: async () => ok(await telephony.access()),
      permitDial: async (request) => ok(await dials.permit(request)),
      permitTransfer: async ({ callId, target }) => ok(await telephony.permitTransfer(callId, target)),
      controlCall: async ({ callId, control }) => ok(await telephony.control(callId, control)),
      demoCallers: async () => ok(await telephony.demoCallers()),
      askForDemoCall: async (wanted) => ok(await telephony.demoCall(wanted)),
      fetchGreeting: async ({ greeting }) => ok(await greetings.fetch(greeting)),
      fetchRecording: async ({ callId }) => ok(await recordings.fetch(callId)),
      recordingKept({ callId }, emit) {
        const tell = () => emit({ kept: recordings.isKept(callId) });
        tell();
        return recordings.onChange(tell);
      },
      dialPrompt(_input, emit) {
        emit(prompts.current());
        return prompts.onChange(emit);
      },
      closeDialPrompt: ({ promptId }) => done(prompts.close(promptId)),
      serverClock(_input, emit) {
        let told: number | null = null;
        const tell = () => {
          const aheadMs = serverClock.aheadMs();
          if (aheadMs !== told) emit({ aheadMs });
          told = aheadMs;
        };
        tell();
        return serverClock.onChange(tell);
      },
    },
    press(key, tag) {
      const command = commandOfKey(hub.state(), key, tag);
      if (command) void hub.ask(command);
    },
    promptDial: (to) => prompts.open(to),
    close() {
      for (const stop of stops) stop();
      dials.close();
      hub.close();
    },
  };
}
