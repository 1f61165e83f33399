import type { z } from "zod";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import type { Result } from "../../shared/result/result.ts";
import type { LegStatus, NewCall, Notice } from "./notices.ts";

/**
 * What a provider of telephone lines can do. Providers translate and decide nothing: who is rung, held or recorded is
 * decided in this folder.
 */
export type Carrier = {
  /** What an account needs, as an admin gives it; `config` may be shown again, `credentials` never. */
  readonly config: z.ZodType<Record<string, unknown>>;
  readonly credentials: z.ZodType<Record<string, unknown>>;
  /** What an account needs where nobody gives it, of a carrier that takes whatever it is told. */
  invent?(): { config: Record<string, unknown>; credentials: Record<string, unknown> };
  /** Opens the line of one person's desk; null where the account has none for them. */
  openLine(
    account: CarrierAccount,
    agent: { userId: string; name: string },
    now: Date,
  ): Promise<LineAccess | null>;
  /** What a colleague's telephone is called at a company's own exchange; null where they have none there. */
  extensionOf?(account: CarrierAccount, userId: string): string | null;
  /** Reads a webhook that is the carrier's own; `forged` where its signature is not. */
  readWebhook(account: CarrierAccount, request: RawWebhook): Result<Webhook, WebhookFault>;
  /** What the carrier is to do with a call, as the body of an answer. */
  say(account: CarrierAccount, script: Script): { contentType: string; body: string };
  connect(account: CarrierAccount): Promise<CarrierLine>;
};

/** An account with its secrets, in memory alone. */
export type CarrierAccount = {
  tenantId: string;
  id: string;
  provider: "twilio" | "simulator" | "sip";
  config: Readonly<Record<string, unknown>>;
  credentials: Readonly<Record<string, unknown>>;
  /** By which it is called, E.164. */
  numbers: readonly string[];
  /** Where this account's webhooks arrive, as the carrier sees it; no slash at the end. */
  webhookUrl: string;
};

export type RawWebhook = {
  /** The last part of the address, e.g. `voice`. */
  hook: string;
  /** Everything after the address of the account's webhooks, as it was asked for: signatures cover it. */
  pathAndQuery: string;
  contentType: string;
  body: Buffer;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  receivedAt: Date;
};

export type WebhookFault = "forged" | "unreadable";

export type Webhook =
  | { kind: "asks"; call: NewCall }
  /** The caller who waits wants something to listen to. */
  | { kind: "waits"; callId: string }
  /** A call has done what it was told and asks what comes next. */
  | { kind: "next"; legId: string }
  /** `identity`: what two deliveries of the same thing have in common. */
  | { kind: "notice"; identity: string; notice: Notice }
  /** True, and of no interest. */
  | { kind: "idle" };

/** What a leg does, step by step. */
export type Script = readonly Step[];
export type Step =
  | { do: "say"; text: string }
  | { do: "play"; url: string; times: number }
  | { do: "pause"; ms: number }
  /** What is said on this leg is written down as it is said. */
  | { do: "transcribe"; legId: string }
  /** What is said on this leg, by either side, is sent to this WebSocket as it is said. */
  | { do: "stream"; legId: string; url: string }
  | {
      do: "join";
      room: string;
      legId: string;
      /** The call ends when this leg does. */
      anchor: boolean;
      /** Whoever waits for others hears what `waits` answers; `opens`: talk begins when this leg is there. */
      opens: boolean;
      muted: boolean;
      /** Heard by this leg alone. */
      coach: string | null;
    }
  | { do: "take-message"; legId: string; longestMs: number }
  | { do: "wait-on"; callId: string }
  | { do: "hang-up" }
  | { do: "refuse"; why: "busy" | "rejected" };

export type NewLeg = {
  legId: string;
  to:
    | { kind: "desk"; userId: string; parameters: Readonly<Record<string, string>> }
    | { kind: "number"; number: string };
  from: string;
  ringMs: number;
  /** The carrier listens while the call goes on, and tells who or what picked up (`Notice` "picked-up"). */
  detectMachine: boolean;
  /** What the leg does once it is answered. */
  script: Script;
};

/**
 * `unreachable`: nobody knows whether it was done, or it was not; try again. `refused`: trying again is of no use.
 * `gone`: what it was about does not exist any more.
 */
export type CarrierError = { why: "unreachable" | "refused" | "gone"; message: string };
export type Answered<T> = Promise<Result<T, CarrierError>>;

/** Commands to one account's carrier. None is tried twice in here. */
export type CarrierLine = {
  dial(leg: NewLeg): Answered<{ sid: string }>;
  /**
   * What was dialled from and to the same places since then, whatever has become of it, newest first. Carriers take no
   * key by which two dials would be one: whoever never heard the answer to one looks here before the next.
   */
  findDials(leg: Pick<NewLeg, "to" | "from">, since: Date): Answered<string[]>;
  /** Ends a leg, also one that rings. */
  hangUp(sid: string): Answered<void>;
  /** Leaves whatever the leg does and does this. */
  redirect(sid: string, script: Script): Answered<void>;
  hold(room: string, sid: string, on: boolean, callId: string): Answered<void>;
  setAnchor(room: string, sid: string, on: boolean): Answered<void>;
  /** Sends what is said on a leg, by either side, to this WebSocket, beside whatever it does. */
  listen(sid: string, legId: string, url: string): Answered<void>;
  /** What is said on a leg, by either side, is written down from here on, once however often it is asked for. */
  transcribe(sid: string, legId: string): Answered<void>;
  /** Nothing more of what is said on a leg is written down or sent to us; also where nothing was. */
  stopListening(sid: string, legId: string): Answered<void>;
  /** `off`: the recording ends here and is reported as ready, while the leg goes on; also where there is none. */
  record(sid: string, legId: string, state: "on" | "paused" | "off"): Answered<void>;
  /** What a leg's connection has come to, for whoever missed being told. */
  readLeg(sid: string): Answered<{ status: LegStatus; at: Date }>;
  /** The recorded sound, two channels where there are two people. */
  fetchRecording(recordingSid: string): Answered<{ mediaType: string; sound: AsyncIterable<Uint8Array> }>;
  removeRecording(recordingSid: string): Answered<void>;
  /** Numbers that the account has at the carrier, E.164, by whatever name they have there. */
  listNumbers(): Answered<{ number: string; label: string }[]>;
  /** Asks the carrier whether these credentials open the account. */
  test(): Answered<{ name: string }>;
};
