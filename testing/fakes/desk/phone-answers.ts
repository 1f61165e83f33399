import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { callRules } from "../../../shared/calls/call-record.ts";
import { foldCall } from "../../../shared/calls/fold-call.ts";
import { phoneOff, type PhoneCall, type PhoneCommand, type PhoneState } from "../../../shared/calls/phone.ts";
import type { CallRow } from "../../../shared/rpc/contract/phone.ts";
import type { FakeAnswers } from "../pipe.ts";

export type PhoneScene =
  | "off"
  | "trouble"
  | "ready"
  | "incoming"
  | "live"
  | "held"
  | "to-agree"
  | "refused"
  | "machine"
  | "transfer"
  | "wrap-up";

/** A phone in one of its states, for looking at screens; commands move it on as far as a picture needs. */
export function answerPhone(scene: PhoneScene, now: () => Date): FakeAnswers {
  let state = stateOf(scene, now());
  const history = historyOf(now());
  const record = { notes: "", disposition: "" };
  return {
    queries: {
      "phone.state": () => state,
      "phone.dialPrompt": () => ({ prompt: null }),
      "desk.serverClock": () => ({ aheadMs: 0 }),
      "calls.detail": ({ id }: { id: string }) => ({
        call: { ...history.find((row) => row.id === id), ...record },
        ...{ leadName: "Maria Kowalski", segments: [], tasks: [] },
        toWriteDown: id === history[2]?.id && record.disposition === "",
      }),
      "calls.toWriteDown": () => ({ calls: 2, newestId: "call-2" }),
      "calls.list": () => ({
        total: history.length,
        counts: { all: history.length, missed: 2, voicemail: 0, "call-backs": 1, "to-write-down": 2 },
        rows: history,
      }),
      "calls.statistics": () => ({
        total: 148,
        inbound: 61,
        answered: 119,
        missed: 9,
        talkMs: 35_400_000,
        averageTalkMs: 297_000,
        averageAnswerMs: 8_400,
        perDay: [14, 22, 31, 18, 27, 3, 12].map((outbound, day) => ({
          day: `2026-11-${15 + day}`,
          inbound: Math.round(outbound / 2),
          outbound,
          missed: 1,
        })),
        dispositions: [],
      }),
      "calls.who": () => ({
        leads: [
          {
            id: "lead-1",
            name: "Maria Kowalski",
            company: "Halden Logistics",
            stage: "qualified",
            lastContactAt: new Date(now().getTime() - 86_400_000).toISOString(),
          },
        ],
      }),
    },
    commands: {
      "phone.open": () => {
        state = stateOf("ready", now());
        return { opened: true };
      },
      "phone.do": (command: PhoneCommand) => {
        state = afterCommand(state, command, now());
        return { ok: true };
      },
      "phone.demoCallers": () => ({ ok: true, value: { callers: [] } }),
      "phone.demoCall": () => {
        state = stateOf("incoming", now());
        return { ok: true, value: {} };
      },
    },
  };
}

function historyOf(now: Date): CallRow[] {
  const names = [
    "Maria Kowalski",
    "Wei Chen",
    "Samuel Adeyemi",
    "Caitlin O’Rourke",
    null,
    "Priscilla Vandermeer-Oyelaran",
  ];
  return names.map((leadName, index): CallRow => {
    const startedMs = now.getTime() - (index + 1) * 5_400_000;
    const answered = index % 3 !== 1;
    const inbound = index % 2 === 0;
    const at = (ms: number) => new Date(ms).toISOString();
    return {
      id: `call-${index}` as CallRow["id"],
      rev: 1,
      createdAt: at(startedMs),
      updatedAt: at(startedMs),
      kept: [],
      leadId: leadName === null ? null : (`lead-${index}` as CallRow["leadId"]),
      agentId: (index % 2 === 0 ? "ana" : "ben") as CallRow["agentId"],
      teamId: null,
      direction: inbound ? "inbound" : "outbound",
      from: inbound ? "+13125550147" : "+17735550100",
      to: inbound ? "+17735550100" : "+13125550147",
      startedAt: at(startedMs),
      answeredAt: answered ? at(startedMs + 6_000) : null,
      endedAt: at(startedMs + 6_000 + index * 97_000),
      endReason: answered ? "completed" : inbound ? "abandoned" : "no-answer",
      line: null,
      disposition: answered ? "call-back" : "",
      notes: "",
      summary: "",
      sentiment: "",
      recording: index === 2 ? "re-1" : "",
      leadName,
      waiting: index === 0,
    };
  });
}

const everything: PhoneCall["can"] = [
  "hang-up",
  "mute",
  "hold",
  "dtmf",
  "blind-transfer",
  "warm-transfer",
  "add-party",
  "pause-recording",
];

function abilitiesIn(scene: PhoneScene): PhoneCall["can"] {
  if (scene === "incoming") return ["answer", "decline"];
  const steered = everything.filter((ability) => ability !== "pause-recording");
  if (scene === "to-agree") return [...steered, "note-consent"];
  if (scene === "refused") return steered;
  return scene === "machine" ? [...everything, "drop-voicemail"] : everything;
}

function afterCommand(state: PhoneState, command: PhoneCommand, now: Date): PhoneState {
  if (command.do === "dial" || command.do === "answer") return stateOf("live", now);
  if (command.do === "hang-up" || command.do === "drop-voicemail") return stateOf("wrap-up", now);
  if (command.do === "decline" || command.do === "wrapped-up") return stateOf("ready", now);
  if (command.do === "hold") return stateOf(command.on ? "held" : "live", now);
  if (command.do === "consent") return stateOf(command.answer === "given" ? "live" : "refused", now);
  if (command.do === "mute")
    return { ...state, calls: state.calls.map((call) => ({ ...call, muted: command.on })) };
  return state;
}

function stateOf(scene: PhoneScene, now: Date): PhoneState {
  if (scene === "off") return phoneOff;
  const line: PhoneState["line"] =
    scene === "trouble"
      ? {
          state: "trouble",
          code: "no-microphone",
          message: "Ringside may not use the microphone. Allow it in the browser's address bar.",
        }
      : { state: "ready", provider: "simulator", edge: "" };
  const call = scene === "trouble" || scene === "ready" ? [] : [callOf(scene, now)];
  return { ...phoneOff, line, microphone: "granted", calls: call };
}

function callOf(scene: PhoneScene, now: Date): PhoneCall {
  const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000).toISOString();
  let seq = 0;
  const event = (secondsAgo: number, what: object): CallEvent =>
    ({ source: "carrier:CA1", key: `CA1:${seq}`, seq: (seq += 1), at: at(secondsAgo), ...what }) as CallEvent;
  const number = { from: "+13125550147", to: "+17735550100", provider: "simulator" };
  const story: Record<string, CallEvent[]> = {
    incoming: [event(4, { type: "offered", ...number }), event(3, { type: "routed", agentId: "ana" })],
    live: [
      event(195, { type: "offered", ...number }),
      event(192, { type: "answered", agentId: "ana" }),
      event(192, { type: "recording", state: "on" }),
    ],
    "to-agree": [
      event(195, { type: "offered", ...number }),
      event(195, { type: "consent", how: "needed" }),
      event(192, { type: "answered", agentId: "ana" }),
    ],
    refused: [
      event(195, { type: "offered", ...number }),
      event(192, { type: "answered", agentId: "ana" }),
      event(180, { type: "consent", how: "refused" }),
    ],
    machine: [
      event(21, { type: "requested", ...number, agentId: "ana", leadId: null }),
      event(12, { type: "answered", agentId: null }),
      event(12, { type: "recording", state: "on" }),
      event(3, { type: "machine-detected" }),
    ],
    held: [
      event(195, { type: "offered", ...number }),
      event(192, { type: "answered", agentId: "ana" }),
      event(38, { type: "held" }),
    ],
    transfer: [
      event(195, { type: "offered", ...number }),
      event(192, { type: "answered", agentId: "ana" }),
      event(12, {
        type: "transfer-started",
        transferId: "t",
        mode: "warm",
        target: { kind: "agent", userId: "ben" },
      }),
      event(6, { type: "transfer-answered", transferId: "t" }),
    ],
    "wrap-up": [
      event(510, { type: "offered", ...number }),
      event(507, { type: "answered", agentId: "ana" }),
      event(42, { type: "ended", why: "completed" }),
    ],
  };
  const state = foldCall(story[scene] ?? [], callRules);
  if (!state) throw new Error(`${scene} has no call`);
  return {
    callId: "call-1" as PhoneCall["callId"],
    call: state,
    number: number.from,
    name: "Maria Kowalski",
    company: "Head of Operations, Halden Logistics",
    leadId: "lead-1" as PhoneCall["leadId"],
    muted: false,
    pending: null,
    can: abilitiesIn(scene),
    warning: null,
    monitoring: null,
  };
}
