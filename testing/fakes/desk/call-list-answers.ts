import {
  diallerOff,
  type DiallerCommand,
  type DiallerState,
} from "../../../shared/calls/outbound/dialler.ts";
import type { CallListState, NobodyNext, OfferedLead } from "../../../shared/calls/outbound/wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { FakeAnswers } from "../pipe.ts";

export type DiallerScene = "off" | "preview" | "power" | "held" | "later" | "empty" | "offline" | "calling";

/** Two lists and the work through one of them, for looking at screens. */
export function answerCallLists(scene: DiallerScene, now: () => Date): FakeAnswers {
  let state = stateOf(scene, now());
  return {
    queries: { "callLists.dialler": () => state },
    commands: {
      "callLists.do": (command: DiallerCommand) => {
        state = afterCommand(state, command, now());
        return {};
      },
      "callLists.read": () => ({ ok: true, value: { lists: [spring, enquiries, renewals] } }),
      "callLists.add": () => ({ ok: true, value: { addedId: "a", added: 3, already: 1, refused: { "no-number": 2 } } }), // prettier-ignore
      "callLists.undoAdd": () => ({ ok: true, value: { removed: 3 } }),
    },
  };
}

function afterCommand(state: DiallerState, command: DiallerCommand, now: Date): DiallerState {
  if (command.do === "start") return stateOf("preview", now);
  if (command.do === "stop") return diallerOff;
  if (command.do === "hold") return stateOf("held", now);
  return command.do === "call" ? stateOf("calling", now) : state;
}

function stateOf(scene: DiallerScene, now: Date): DiallerState {
  const list = "spring-call-backs";
  const lead = leadOf(now, scene === "power" || scene === "held" ? "power" : "preview");
  const nobody = (why: NobodyNext): DiallerState => ({ at: "nobody", list, nobody: why, note: null });
  switch (scene) {
    case "off":
      return diallerOff;
    case "preview":
      return { at: "lead", list, lead, note: null, dialsAt: null, held: null };
    case "power":
      return { at: "lead", list, lead, note: null, dialsAt: iso(now, 9_000), held: null };
    case "held":
      return { at: "lead", list, lead, note: "Wei Chen was not called. It is 06:42 in Denver: calls are allowed from 08:00 to 21:00.", dialsAt: null, held: "presence" }; // prettier-ignore
    case "later":
      return nobody({ why: "later", at: iso(now, 7_200_000), because: "hours", zone: "America/Denver" });
    case "empty":
      return nobody({ why: "empty" });
    case "offline":
      return {
        at: "trouble",
        list,
        message: "The server cannot be reached. Calls need it; all else goes on.",
      };
    case "calling":
      return { at: "calling", list, lead, callId: "call-1" as RecordId, seen: true };
  }
}

function leadOf(now: Date, mode: OfferedLead["mode"]): OfferedLead {
  return {
    entryId: "entry-1" as RecordId,
    list: "spring-call-backs",
    mode,
    previewSeconds: 15,
    leadId: "lead-5" as RecordId,
    leadName: "Priscilla Vandermeer-Oyelaran of the Northern Counties",
    company: "Halden Logistics and Warehousing International",
    number: "+13035550147",
    zones: ["America/Denver"],
    because: "retry",
    attempts: 1,
    maxAttempts: 4,
    last: { outcome: "no-answer", at: iso(now, -7_500_000), callId: "call-0" as RecordId },
    until: iso(now, 180_000),
  };
}

function iso(now: Date, laterMs: number): string {
  return new Date(now.getTime() + laterMs).toISOString();
}

const counts = {
  due: 28,
  later: 12,
  reserved: 1,
  calling: 1,
  reached: 31,
  attempts: 4,
  blocked: 1,
  removed: 0,
};
const spring: CallListState = {
  key: "spring-call-backs",
  label: "Spring call-backs",
  mode: "preview",
  priority: 5,
  closed: null,
  counts,
  nextAt: null,
  lastDay: { called: 40, reached: 12 },
  working: [],
};
const enquiries: CallListState = {
  ...spring,
  key: "new-enquiries",
  label: "New enquiries from the expo in Chicago and the open day",
  mode: "power",
  counts: { ...counts, due: 1_204, later: 96 },
};
const renewals: CallListState = {
  ...spring,
  key: "renewals",
  label: "Renewals",
  closed: { why: "paused", until: null },
};
