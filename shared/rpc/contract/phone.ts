import { z } from "zod";
import { AsideCall, mostAside } from "../../calls/aside-call.ts";
import { CallEvent } from "../../calls/call-event.ts";
import { AgentLine, PhoneAnswer, PhoneCommand, PhoneRefusal, PhoneState } from "../../calls/phone.ts";
import {
  CallControl,
  DemoCallers,
  DemoCallRequest,
  DialBlocked,
  DialPermit,
  DialRequest,
  LineAccess,
  TransferPermit,
  TransferRequest,
} from "../../calls/server-wire.ts";
import { Call } from "../../entities/call.ts";
import { Instant, line } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { command, event, query } from "../define.ts";

/** The softphone as every window shows it. */
export const phoneState = query("phone.state", { input: z.object({}), output: PhoneState });
/** Answers when the phone window has done it, or says why not. */
export const doOnPhone = command("phone.do", { input: PhoneCommand, output: PhoneAnswer });
/** Opens the phone window where none is open. In a browser that needs the person's click: `opened` false says so. */
export const openPhone = command("phone.open", {
  input: z.object({ window: z.enum(["phone", "mini-phone"]).default("phone") }),
  output: z.object({ opened: z.boolean() }),
});

/**
 * What people have asked and the phone has not answered yet. Whoever watches this is the phone: the first window
 * that does; others are told to stand by until it goes.
 */
export const phoneInbox = query("phone.inbox", {
  input: z.object({}),
  output: z.discriminatedUnion("role", [
    z.object({
      role: z.literal("phone"),
      asked: z.array(z.object({ askId: z.string(), command: PhoneCommand })),
    }),
    z.object({ role: z.literal("standby") }),
  ]),
});
/** From the phone window alone. */
export const answerOnPhone = command("phone.answer", {
  input: z.object({ askId: z.string().max(64), answer: PhoneAnswer }),
  output: z.object({}),
});
export const publishPhone = command("phone.publish", { input: PhoneState, output: z.object({}) });
/**
 * What happened to calls, as this device knows it: kept with fsync before it is answered, sent when the server can
 * be reached, so that a call that ends without it is complete afterwards.
 */
export const reportCalls = command("calls.report", {
  input: z.object({ callId: RecordId, events: z.array(CallEvent).min(1).max(50) }),
  output: z.object({}),
});
/**
 * Calls that may turn out to be this person's, kept sealed and with fsync before it is answered: they outlive the window,
 * the wrap-up, restarts and a sign-out. All of them each time; from the phone window alone.
 */
export const keepCallsAside = command("calls.keepAside", {
  input: z.object({ calls: z.array(AsideCall).max(mostAside) }),
  output: z.object({}),
});
export const callsAside = command("calls.aside", {
  input: z.object({}),
  output: z.object({ calls: z.array(AsideCall) }),
});
/** A number that another program wants called (a `tel:` link). The desk asks the person, then closes the prompt. */
export const dialPrompt = query("phone.dialPrompt", {
  input: z.object({}),
  output: z.object({ prompt: z.object({ promptId: z.string(), to: z.string() }).nullable() }),
});
export const closeDialPrompt = command("phone.closeDialPrompt", {
  input: z.object({ promptId: z.string().max(64) }),
  output: z.object({}),
});
/** The machine is about to sleep, or has woken up: what the phone believes of its line is then to be looked at. */
export const phonePower = event("phone.power", z.object({ state: z.enum(["suspend", "resume"]) }));
/** Loudness of microphone and speaker, 0 to 1, ten times a second while a call is heard or the test runs. */
export const phoneLevels = event("phone.levels", z.object({ microphone: z.number(), speaker: z.number() }));
export const publishLevels = command("phone.publishLevels", {
  input: z.object({ microphone: z.number().min(0).max(1), speaker: z.number().min(0).max(1) }),
  output: z.object({}),
});

/** Asked of the server by the replica, which has the sign-in; `offline` where it cannot be reached. */
const Refused = z.object({ ok: z.literal(false), error: PhoneRefusal, blocked: DialBlocked.nullable() });
export function fromServer<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("ok", [z.object({ ok: z.literal(true), value }), Refused]);
}
/**
 * By how many milliseconds this machine's clock is ahead of the server's; 0 while nobody knows. Calls are told by the
 * server's clock, so windows tell and show them by that one.
 */
export const serverClock = query("desk.serverClock", {
  input: z.object({}),
  output: z.object({ aheadMs: z.number() }),
});
/** What opens the line; from the phone window alone. */
export const lineAccess = command("phone.access", {
  input: z.object({}),
  output: fromServer(LineAccess),
});
export const permitDial = command("phone.permitDial", {
  input: DialRequest,
  output: fromServer(DialPermit),
});
/** Before a device gives a call away by itself; what goes through the server is judged there. */
export const permitTransfer = command("phone.permitTransfer", {
  input: TransferRequest.extend({ callId: RecordId }),
  output: fromServer(TransferPermit),
});
export const controlCall = command("phone.control", {
  input: z.object({ callId: RecordId, control: CallControl }),
  output: fromServer(z.object({})),
});
export const demoCallers = command("phone.demoCallers", {
  input: z.object({}),
  output: fromServer(DemoCallers),
});
/** Somebody of the demo calls this person within seconds. */
export const askForDemoCall = command("phone.demoCall", {
  input: DemoCallRequest,
  output: fromServer(z.object({})),
});
/** What is recorded of a greeting, for a device that leaves it by itself. */
export const fetchGreeting = command("phone.greeting", {
  input: z.object({ greeting: z.string().max(60) }),
  output: fromServer(z.object({ fileId: z.string(), sizeBytes: z.int(), mediaType: z.string() })),
});
/** A recording, kept on this device once it was fetched: it can be heard again without a network. What somebody would review is fetched before they ask. */
export const fetchRecording = command("calls.recording", {
  input: z.object({ callId: RecordId }),
  output: fromServer(z.object({ fileId: z.string(), sizeBytes: z.int(), mediaType: z.string() })),
});
/** Whether it is on this device. */
export const recordingKept = query("calls.recordingKept", {
  input: z.object({ callId: RecordId }),
  output: z.object({ kept: z.boolean() }),
});

export const CallRow = Call.extend({
  leadName: z.string().nullable(),
  waiting: z.boolean(),
});
export type CallRow = z.infer<typeof CallRow>;
export const listCalls = query("calls.list", {
  input: z.object({
    scope: z.enum(["all", "missed", "voicemail", "call-backs", "to-write-down"]),
    agent: z.string().max(64).nullable(),
    search: z.string().max(200),
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  output: z.object({ total: z.int(), counts: z.record(z.string(), z.int()), rows: z.array(CallRow) }),
});
/** `perDay` oldest first; durations in ms. */
export const callStatistics = query("calls.statistics", {
  input: z.object({ days: z.int().min(1).max(366), agent: z.string().max(64).nullable() }),
  output: z.object({
    total: z.int(),
    inbound: z.int(),
    answered: z.int(),
    missed: z.int(),
    talkMs: z.number(),
    averageTalkMs: z.number(),
    averageAnswerMs: z.number().nullable(),
    perDay: z.array(z.object({ day: z.iso.date(), inbound: z.int(), outbound: z.int(), missed: z.int() })),
    dispositions: z.array(z.object({ key: z.string(), calls: z.int() })),
  }),
});
/** Who calls: everybody whose number that is, best first, within the time of a ring. */
export const whoCalls = query("calls.who", {
  input: z.object({ number: z.string().max(40) }),
  output: z.object({
    leads: z.array(
      z.object({
        id: RecordId,
        name: line,
        company: line,
        stage: z.string(),
        lastContactAt: Instant.nullable(),
      }),
    ),
  }),
});
/** Who is on a call, who waits and how long: what every desk of the tenant sees at the same time. */
export const wallboard = query("calls.wallboard", {
  input: z.object({}),
  output: z.object({
    agents: z.array(AgentLine),
    queues: z.array(
      z.object({
        queue: z.string(),
        name: line,
        waiting: z.int(),
        longestSince: Instant.nullable(),
        /** Share of today's calls that were answered within the queue's target; null = none yet. */
        serviceLevel: z.number().min(0).max(1).nullable(),
        targetSeconds: z.int(),
      }),
    ),
    live: z.array(Call.extend({ leadName: z.string().nullable() })),
  }),
});

export const phoneContract = {
  phoneState,
  doOnPhone,
  openPhone,
  phoneInbox,
  answerOnPhone,
  publishPhone,
  reportCalls,
  keepCallsAside,
  callsAside,
  phonePower,
  phoneLevels,
  publishLevels,
  dialPrompt,
  closeDialPrompt,
  serverClock,
  lineAccess,
  permitDial,
  permitTransfer,
  controlCall,
  demoCallers,
  askForDemoCall,
  fetchGreeting,
  fetchRecording,
  recordingKept,
  listCalls,
  callStatistics,
  whoCalls,
  wallboard,
};
