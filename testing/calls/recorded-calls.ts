import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";

/** Calls as carriers and desks reported them, for tests: second-long stamps, several sources, ends that come twice. */
type Recorded = { events: CallEvent[]; end: { phase: object } & Partial<Omit<CallState, "phase">> };

const number = { from: "+13125550147", to: "+17735550100", provider: "simulator" };

export const recordedCalls = {
  "outbound, answered, held, wrapped up": record(
    [
      ["server:dial", "00.500", { type: "requested", ...number, agentId: "ana", leadId: "lead-1" }],
      ["carrier:CA1", "00.000", { type: "dialled" }],
      ["carrier:CA1", "01.000", { type: "ringing" }],
      ["carrier:CA1", "06.000", { type: "answered", agentId: null }],
      ["server:dial", "06.200", { type: "consent", how: "announced" }],
      ["server:dial", "06.300", { type: "recording", state: "on" }],
      ["device:ana-laptop", "20.000", { type: "held" }],
      ["device:ana-laptop", "31.500", { type: "resumed" }],
      ["device:ana-laptop", "40.000", { type: "ended", why: "dropped" }],
      ["carrier:CA1", "40.000", { type: "ended", why: "completed" }],
      ["carrier:RE1", "44.000", { type: "recording-ready", recording: "re-1", durationMs: 34_000 }],
      ["device:ana-laptop", "55.000", { type: "wrapped-up", by: "agent" }],
    ],
    {
      direction: "outbound",
      agentId: "ana" as CallState["agentId"],
      answeredAt: at("06.000"),
      endedAt: at("40.000"),
      holdMs: 11_500,
      talks: [talk("ana", "06.000", "20.000"), talk("ana", "31.500", "40.000")],
      recordingKey: "re-1",
      phase: { phase: "ended", why: "completed" },
    },
  ),
  "outbound, nobody there": record(
    [
      ["server:dial", "00.500", { type: "requested", ...number, agentId: "ana", leadId: null }],
      ["carrier:CA2", "00.000", { type: "dialled" }],
      ["carrier:CA2", "01.000", { type: "ringing" }],
      ["carrier:CA2", "26.000", { type: "ended", why: "completed" }],
      ["device:ana-laptop", "30.000", { type: "wrapped-up", by: "timer" }],
    ],
    { answeredAt: null, phase: { phase: "ended", why: "no-answer" } },
  ),
  "outbound, a message left on a machine": record(
    [
      ["server:line", "00.500", { type: "requested", ...number, agentId: "ana", leadId: null }],
      ["carrier:CA9", "01.000", { type: "ringing" }],
      ["carrier:CA9", "04.000", { type: "answered", agentId: null }],
      ["server:line", "11.300", { type: "machine-detected" }],
      ["device:ana-laptop", "12.900", { type: "ended", why: "completed" }],
      ["server:line", "13.100", { type: "ended", why: "voicemail" }],
      ["device:ana-laptop", "20.000", { type: "wrapped-up", by: "agent" }],
    ],
    { machine: true, endedAt: at("13.100"), phase: { phase: "ended", why: "voicemail" } },
  ),
  "inbound, answered by the second agent": record(
    [
      ["carrier:CA3", "00.000", { type: "offered", ...number }],
      ["server:route", "00.200", { type: "queued", queue: "sales" }],
      ["server:route", "00.300", { type: "routed", agentId: "ana" }],
      ["server:route", "15.300", { type: "passed", agentId: "ana", why: "no-answer" }],
      ["server:route", "15.400", { type: "routed", agentId: "ben" }],
      ["device:ben-desk", "18.000", { type: "answered", agentId: "ben" }],
      ["carrier:CA3", "18.000", { type: "answered", agentId: "ben" }],
      ["carrier:CA3", "50.000", { type: "ended", why: "completed" }],
    ],
    { agentId: "ben" as CallState["agentId"], queue: "sales", phase: { phase: "wrap-up", why: "completed" } },
  ),
  "inbound, abandoned in the queue": record(
    [
      ["carrier:CA4", "00.000", { type: "offered", ...number }],
      ["server:route", "00.200", { type: "queued", queue: "sales" }],
      ["server:route", "00.300", { type: "routed", agentId: "ana" }],
      ["carrier:CA4", "09.000", { type: "ended", why: "completed" }],
      ["server:route", "15.300", { type: "passed", agentId: "ana", why: "no-answer" }],
    ],
    { agentId: null, talks: [], phase: { phase: "ended", why: "abandoned" } },
  ),
  "warm transfer, cancelled": record(
    [
      ["carrier:CA5", "00.000", { type: "offered", ...number }],
      ["server:route", "00.300", { type: "routed", agentId: "ana" }],
      ["carrier:CA5", "04.000", { type: "answered", agentId: "ana" }],
      [
        "server:transfer",
        "10.000",
        {
          type: "transfer-started",
          transferId: "t1",
          mode: "warm",
          target: { kind: "agent", userId: "ben" },
        },
      ],
      ["server:transfer", "13.000", { type: "transfer-answered", transferId: "t1" }],
      ["device:ana-laptop", "14.000", { type: "held" }],
      ["server:transfer", "20.000", { type: "transfer-cancelled", transferId: "t1", why: "agent" }],
      ["carrier:CA5", "59.000", { type: "ended", why: "completed" }],
    ],
    {
      agentId: "ana" as CallState["agentId"],
      talks: [talk("ana", "04.000", "10.000"), talk("ana", "20.000", "59.000")],
      phase: { phase: "wrap-up", why: "completed" },
    },
  ),
  "warm transfer, completed": record(
    [
      ["carrier:CA6", "00.000", { type: "offered", ...number }],
      ["server:route", "00.300", { type: "routed", agentId: "ana" }],
      ["carrier:CA6", "04.000", { type: "answered", agentId: "ana" }],
      [
        "server:transfer",
        "10.000",
        {
          type: "transfer-started",
          transferId: "t2",
          mode: "warm",
          target: { kind: "agent", userId: "ben" },
        },
      ],
      ["server:transfer", "13.000", { type: "transfer-answered", transferId: "t2" }],
      ["server:transfer", "20.000", { type: "transfer-completed", transferId: "t2" }],
      ["carrier:CA6", "59.000", { type: "ended", why: "completed" }],
    ],
    {
      agentId: "ben" as CallState["agentId"],
      formerAgentIds: ["ana"] as unknown as CallState["formerAgentIds"],
      talks: [talk("ana", "04.000", "10.000"), talk("ben", "20.000", "59.000")],
      phase: { phase: "wrap-up", why: "completed" },
    },
  ),
  "given away blind to another company": record(
    [
      ["carrier:CA7", "00.000", { type: "offered", ...number }],
      ["carrier:CA7", "04.000", { type: "answered", agentId: "ana" }],
      [
        "server:transfer",
        "10.000",
        {
          type: "transfer-started",
          transferId: "t3",
          mode: "blind",
          target: { kind: "number", number: "+442079460118" },
        },
      ],
      ["server:transfer", "11.000", { type: "transfer-completed", transferId: "t3" }],
      ["carrier:CA7", "59.000", { type: "ended", why: "completed" }],
    ],
    { endedAt: at("11.000"), phase: { phase: "wrap-up", why: "transferred" } },
  ),
  "given to a colleague at a company's own exchange, who has it as another call": record(
    [
      ["device:ana-laptop", "00.000", { type: "offered", ...number, provider: "sip" }],
      ["device:ana-laptop", "00.100", { type: "routed", agentId: "ana" }],
      ["device:ana-laptop", "04.000", { type: "answered", agentId: "ana" }],
      [
        "device:ana-laptop",
        "30.000",
        {
          type: "transfer-started",
          transferId: "t4",
          mode: "blind",
          target: { kind: "agent", userId: "ben" },
        },
      ],
      ["device:ana-laptop", "30.100", { type: "transfer-completed", transferId: "t4" }],
      ["server:exchange", "30.100", { type: "ended", why: "transferred" }],
    ],
    {
      agentId: "ana" as CallState["agentId"],
      formerAgentIds: ["ben"] as unknown as CallState["formerAgentIds"],
      endedAt: at("30.100"),
      talks: [talk("ana", "04.000", "30.000")],
      phase: { phase: "ended", why: "transferred" },
    },
  ),
  "a conference that a manager listened to": record(
    [
      ["server:dial", "00.500", { type: "requested", ...number, agentId: "ana", leadId: "lead-1" }],
      ["carrier:CA8", "06.000", { type: "answered", agentId: null }],
      [
        "carrier:CF8",
        "10.000",
        { type: "party-joined", partyId: "p1", target: { kind: "agent", userId: "max" }, role: "listen" },
      ],
      [
        "carrier:CF8",
        "20.000",
        {
          type: "party-joined",
          partyId: "p2",
          target: { kind: "number", number: "+442079460118" },
          role: "party",
        },
      ],
      ["device:ana-laptop", "25.000", { type: "held" }],
      ["device:ana-laptop", "28.000", { type: "resumed" }],
      ["carrier:CF8", "40.000", { type: "party-left", partyId: "p2" }],
      ["carrier:CA8", "55.000", { type: "ended", why: "completed" }],
    ],
    {
      holdMs: 3_000,
      talks: [talk("ana", "06.000", "25.000"), talk("ana", "28.000", "55.000")],
      parties: [],
      phase: { phase: "wrap-up", why: "completed" },
    },
  ),
  "a third person who declines, is asked once more, and comes": record(
    [
      ["server:line", "00.500", { type: "requested", ...number, agentId: "ana", leadId: "lead-1" }],
      ["carrier:CB1", "06.000", { type: "answered", agentId: null }],
      ["server:line", "10.000", { type: "party-asked", ...asked("p1") }],
      ["carrier:CB2", "14.000", { type: "party-passed", partyId: "p1", why: "declined" }],
      ["server:line", "20.000", { type: "party-asked", ...asked("p2") }],
      ["carrier:CB3", "24.000", { type: "party-joined", ...asked("p2") }],
      ["carrier:CB3", "40.000", { type: "party-left", partyId: "p2" }],
      ["carrier:CB1", "55.000", { type: "ended", why: "completed" }],
    ],
    {
      talks: [talk("ana", "06.000", "55.000")],
      parties: [],
      asked: [],
      phase: { phase: "wrap-up", why: "completed" },
    },
  ),
} satisfies Record<string, Recorded>;

type Told = [source: string, second: string, event: object];

function record(told: Told[], end: Recorded["end"]): Recorded {
  const counts = new Map<string, number>();
  const events = told.map(([source, second, event]) => {
    const seq = counts.get(source) ?? 0;
    counts.set(source, seq + 1);
    return CallEvent.parse({ source, key: `${source}:${seq}`, seq, at: at(second), ...event });
  });
  return { events, end };
}

function asked(partyId: string) {
  return { partyId, target: { kind: "agent", userId: "ben" }, role: "party" };
}

function talk(agentId: string, from: string, to: string): CallState["talks"][number] {
  return { agentId: agentId as CallState["agentId"], from: at(from), to: at(to) };
}

function at(second: string): string {
  return `2026-11-21T09:00:${second}Z`;
}
