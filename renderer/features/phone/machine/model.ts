import { mostAside, type AsideCall } from "../../../../shared/calls/aside-call.ts";
import type { CallState } from "../../../../shared/calls/call.ts";
import type { CallEvent, CallTarget, EndReason, PartyRole } from "../../../../shared/calls/call-event.ts";
import type {
  AudioKind,
  CallAbility,
  PhoneAnswer,
  PhoneCommand,
  PhoneRefusal,
  PhoneState,
} from "../../../../shared/calls/phone.ts";
import type { CallControl, DialPermit } from "../../../../shared/calls/server-wire.ts";
import type { RecordId, UserId } from "../../../../shared/entities/id.ts";
import type { Line } from "../line/line-machine.ts";

/** Everything that the phone window knows. Changed by `nextPhone` alone. */
export type Phone = {
  me: UserId | null;
  line: Line;
  /** Newest first. */
  calls: readonly OwnCall[];
  /** Dials that wait for the server's permit. */
  permits: readonly AskedDial[];
  /** Colleagues' calls that this person has asked to join, until the carrier rings here for them. */
  joining: readonly { callId: RecordId; role: PartyRole }[];
  /**
   * Calls that this person talked in and left, a colleague's as far as anybody has said, or nobody's: somebody may tell
   * yet that they had been given to them, or that they ended with them. Newest first, shown nowhere.
   */
  left: readonly OwnCall[];
  audio: Pick<PhoneState, "microphone" | "devices" | "headset" | "network" | "test">;
};

/** What may become a call. */
export type AskedDial = {
  askId: string;
  callId: RecordId;
  to: string;
  since: string;
  /** Whom the person meant. */
  leadId: RecordId | null;
  /** Whose number it is, as far as this desk knows. */
  lead: NamedLead;
  /** By now nobody wants it, and whoever asked has been answered. */
  hungUp: boolean;
};

/** A call as this desk is in it. */
export type OwnCall = {
  callId: RecordId;
  /** What this desk knows of it by itself. */
  events: readonly CallEvent[];
  /** As the replica has it, once it does. */
  record: CallState | null;
  /** How many of `events` the record came after: those that follow are newer than it. */
  recordAfter: number;
  /** The server has said by itself that it is this person's, or was. */
  isConfirmed: boolean;
  /** The device's part of it. `offered`: it rings here. */
  leg: "offered" | "opening" | "open" | "gone";
  /** The device holds and transfers by itself; otherwise the carrier is asked through the server. */
  controlsItself: boolean;
  name: string;
  company: string;
  leadId: RecordId | null;
  /** The number of whom it is with since it was passed on to somebody else; null = with whom it began. */
  passedTo: string | null;
  muted: boolean;
  /** The person hung up: what comes of it is no accident. */
  hungUp: boolean;
  /** They gave up while it rang here, and this desk has told so. */
  missed: boolean;
  broken: boolean;
  /** The ask by which its other side goes over into another call of this desk: its end here is the end of that. */
  goesOver: string | null;
  /** Asked for by a person, and not come about yet. */
  pending: Pending | null;
  warning: string | null;
  /** In a colleague's call: as a supervisor, or (`party`) asked in by them or to take it over. */
  monitoring: PartyRole | null;
};

export type Pending = {
  ability: CallAbility;
  askId: string;
  /** What is to bring it about. */
  effect: PhoneEffect;
  /** As it was then. */
  record: CallState | null;
};

/** What happened, wherever it did. */
/** Who somebody is; `id` null = nobody any more that is known. */
type NamedLead = { id: RecordId | null; name: string; company: string };

export type PhoneEvent =
  | { type: "signed-in"; me: UserId }
  | { type: "signed-out" }
  | { type: "asked"; askId: string; command: PhoneCommand }
  /** What an effect with this ask has come to. */
  | { type: "done"; askId: string }
  /** `callId`: of a call that could not be begun. */
  | { type: "refused"; askId: string; error: PhoneRefusal; callId?: RecordId }
  | { type: "permitted"; askId: string; permit: DialPermit }
  | { type: "offered"; call: Offer }
  | { type: "offer-gone"; callId: RecordId; why: "cancelled" | "answered-elsewhere" }
  /** The device is in the call: it dials, or was told to answer. */
  | { type: "opened"; callId: RecordId; controlsItself: boolean }
  | { type: "ringing" | "answered" | "broken" | "mended"; callId: RecordId }
  | { type: "ended"; callId: RecordId; why: EndReason; message: string | null }
  /** Whom it was with has put somebody else through. */
  | { type: "other-side"; callId: RecordId; number: string; name: string }
  /** The device speaks to the machine that picked up, and hangs up by itself. */
  | { type: "message-left"; callId: RecordId }
  | { type: "held"; callId: RecordId; on: boolean }
  | { type: "transfer"; callId: RecordId; transferId: string; change: TransferStep }
  | { type: "transfer-started"; callId: RecordId; transferId: string; target: CallTarget; mode: TransferMode }
  /** `isOwnWord`: what this desk has told, and the server may refuse, is laid over it. */
  | { type: "record"; callId: RecordId; call: CallState; isOwnWord?: boolean }
  /** What was left before this window was loaded, or this person signed in. */
  | { type: "kept"; calls: readonly AsideCall[] }
  | { type: "named"; callId: RecordId; lead: NamedLead; byNumber?: boolean }
  | { type: "warned"; callId: RecordId; warning: string | null }
  | { type: "audio"; audio: Partial<Phone["audio"]> }
  | { type: "line"; line: Line }
  | { type: "due"; what: "wrap-up" | "forget"; callId: RecordId };

export type TransferMode = "blind" | "warm";
export type TransferStep =
  | { step: "answered" | "completed" }
  | { step: "cancelled"; why: "agent" | "busy" | "no-answer" | "failed" | "declined" };

export type Offer = {
  callId: RecordId;
  from: string;
  to: string;
  name: string;
  leadId: RecordId | null;
  monitoring: PartyRole | null;
  provider: string;
};

/** What is to be done about it. Those with an ask report back with `done`, `refused` or `permitted`. */
export type PhoneEffect =
  | { do: "reply"; askId: string; answer: PhoneAnswer }
  | { do: "permit"; askId: string; callId: RecordId; to: string; leadId: RecordId | null }
  | { do: "connect"; askId: string; permit: DialPermit }
  /** @param holdFirst calls that are heard at this moment: one cannot talk to two people who do not hear each other */
  | { do: "accept"; askId: string; callId: RecordId; holdFirst: RecordId[] }
  | { do: "reject" | "disconnect"; callId: RecordId }
  | { do: "mute"; callId: RecordId; on: boolean }
  | { do: "digits"; callId: RecordId; digits: string }
  | { do: "hold"; askId: string; callId: RecordId; on: boolean; holdFirst: RecordId[] }
  | {
      do: "transfer";
      askId: string;
      callId: RecordId;
      transferId: string;
      target: CallTarget;
      mode: TransferMode;
    }
  | { do: "complete-transfer" | "cancel-transfer"; askId: string; callId: RecordId; transferId: string }
  | { do: "leave-message"; askId: string; callId: RecordId; greeting: string }
  | { do: "control"; askId: string; callId: RecordId; control: CallControl }
  | { do: "report"; callId: RecordId; events: CallEvent[] }
  | { do: "follow-record"; callId: RecordId }
  | { do: "after"; delayMs: number; what: "wrap-up" | "forget"; callId: RecordId }
  | { do: "choose-device"; askId: string; kind: AudioKind; deviceId: string }
  | { do: "test-audio"; askId: string }
  | { do: "look-for-headset" | "retry"; askId: string }
  | { do: "ring"; on: boolean };

export type Step = { phone: Phone; effects: PhoneEffect[] };

/** What a step may not take from its surroundings. */
export type Now = { at: string; newId: () => string };

/** How long the window says why a call is no longer there. */
export const toldForMs = 5_000;

export function newPhone(): Phone {
  return {
    me: null,
    line: { state: "off" },
    calls: [],
    permits: [],
    joining: [],
    left: [],
    audio: {
      microphone: "unasked",
      devices: {
        microphones: [],
        speakers: [],
        chosen: { microphone: null, speaker: null, ringer: null },
      },
      headset: null,
      network: null,
      test: null,
    },
  };
}

export function findCall({ calls }: Phone, callId: string): OwnCall | undefined {
  return calls.find((call) => call.callId === callId);
}

export function isWanted({ hungUp }: AskedDial): boolean {
  return !hungUp;
}

export function withCall(phone: Phone, changed: OwnCall): Phone {
  const calls = phone.calls.map((call) => (call.callId === changed.callId ? changed : call));
  return { ...phone, calls };
}

export function withoutCall(phone: Phone, callId: string): Phone {
  return { ...phone, calls: phone.calls.filter((call) => call.callId !== callId) };
}

export function withLeft(phone: Phone, call: OwnCall): Phone {
  return { ...phone, left: [call, ...phone.left].slice(0, mostAside) };
}

export function withoutLeft(phone: Phone, callId: string): Phone {
  return { ...phone, left: phone.left.filter((call) => call.callId !== callId) };
}

export function replyTo(askId: string, error?: PhoneRefusal): PhoneEffect {
  return { do: "reply", askId, answer: error ? { ok: false, error } : { ok: true } };
}
