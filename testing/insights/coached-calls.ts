import type { Call, Segment } from "../../shared/entities/call.ts";
import type { CallReport, CardShown, Moment } from "../../shared/entities/insight.ts";
import type { Random } from "../../shared/result/ports.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";

/** One call as a replica holds it after the report has come, with the cards that its agent was shown. */
export type CoachedCall = { call: Call; report: CallReport; showings: CardShown[]; segments: Segment[] };

export type CoachedCallsOptions = {
  seed: number;
  count: number;
  /** The last call begins here, ms; the others before it. */
  untilMs: number;
  /** Calls are spread over so many days. */
  days: number;
  agents: readonly { userId: string; teamId: string }[];
  leadIds?: readonly string[];
  segments: number;
};

/** A disposition of the demo tenant, its first. */
const wonAs = "tour-booked";
const playbookKey = "discovery";
const checklist = [
  ["next-step", "Next step agreed"],
  ["decides", "Who decides"],
  ["budget", "Budget range"],
  ["reason", "Reason for moving"],
  ["headcount", "Headcount and growth"],
  ["referral", "Asked for a referral"],
  ["consent", "Recording consent"],
] as const;
const cardKeys = ["price", "lock-in", "another-offer"];
const phrases = (
  "so tell me a little about what you are looking for|we have twelve people and we will be twenty by spring|" +
  "the lease ends in march so we have some time|what would make this the right place for you|" +
  "to be honest the price is higher than I thought|I can hold that for you until friday|" +
  "who else would want to see it before you decide|parking is included for six cars|right|mm-hm|" +
  "could you send me the floor plan by e-mail|the service charge covers cleaning and heating|" +
  "does tuesday at ten work for a tour|I only asked about parking|let me check that and call you back"
).split("|");
const dayMs = 86_400_000;

/**
 * Calls with transcript and report, the same for the same seed. Agents differ in how they talk, and calls in which
 * more of the checklist was done end well more often: what the manager's view is to find is really there.
 */
export function* coachedCalls(options: CoachedCallsOptions): Generator<CoachedCall> {
  const random = seededRandom(options.seed);
  for (let number = 0; number < options.count; number += 1) yield coachedCall(options, number, random);
}

function coachedCall(options: CoachedCallsOptions, number: number, random: Random): CoachedCall {
  const { agents, leadIds = [], untilMs, days, count } = options;
  const agentNumber = Math.floor(random() * agents.length);
  const agent = agents[agentNumber] ?? { userId: "ana", teamId: "team" };
  const atMs = Math.round(untilMs - ((count - 1 - number) / count) * days * dayMs);
  const at = new Date(atMs).toISOString();
  const id = `call-${options.seed}-${number}`;
  const base = { rev: 1, createdAt: at, updatedAt: at, kept: [] };
  const about = { leadId: leadIds[number % Math.max(1, leadIds.length)] ?? null, ...agentOf(agent) };
  const skill = 1 - agentNumber / agents.length + (number / count) * 0.15;
  const segments = segmentsOf(options, id, about, base, skill, random);
  const durationMs = (segments.at(-1)?.endMs ?? 0) + 2_000;
  const items = checklist.map(([key, label], place) => ({
    key,
    label,
    atMs: random() < chanceOf(place, skill) ? Math.round(random() * durationMs) : null,
  }));
  const done = items.filter((item) => item.atMs !== null).length;
  const won = random() < 0.02 + 0.02 * done;
  const call = {
    id,
    ...base,
    ...about,
    direction: "outbound",
    from: "+13125550100",
    to: "+13125550199",
    startedAt: at,
    answeredAt: at,
    endedAt: new Date(atMs + durationMs).toISOString(),
    endReason: "completed",
    line: null,
    disposition: won ? wonAs : random() < 0.5 ? "call-back" : "not-now",
    notes: "",
    summary: "",
    sentiment: "",
    recording: "",
  } as unknown as Call;
  const report = reportOf(call, number, durationMs, skill, items, random);
  return { call, segments, report, showings: showingsOf(report, number) };
}

function agentOf({ userId, teamId }: { userId: string; teamId: string }) {
  return { agentId: userId, teamId };
}

function chanceOf(place: number, skill: number): number {
  return Math.min(0.99, Math.max(0.05, 0.35 + 0.5 * skill + (place - 3) * 0.05));
}

function segmentsOf(
  { segments, seed }: CoachedCallsOptions,
  callId: string,
  about: object,
  base: object,
  skill: number,
  random: Random,
): Segment[] {
  let atMs = 400;
  return Array.from({ length: segments }, (_, index) => {
    const speaker = random() < 0.62 - 0.2 * skill ? "agent" : "customer";
    const lengthMs = Math.round(900 + random() * random() * (speaker === "agent" ? 14_000 : 9_000));
    const startMs = atMs;
    atMs += lengthMs + Math.round(random() * 900);
    const text = phrases[Math.floor(random() * phrases.length)] ?? "";
    const timing = text.split(" ").flatMap((_word, place) => [place * 260, 240]);
    return {
      id: `seg-${seed}-${callId}-${index}`,
      ...base,
      callId,
      ...about,
      ...{ speaker, startMs, endMs: startMs + lengthMs, text, timing },
    } as unknown as Segment;
  });
}

function reportOf(
  call: Call,
  number: number,
  durationMs: number,
  skill: number,
  items: CallReport["items"],
  random: Random,
): CallReport {
  const talkShare = Math.min(0.95, Math.max(0.05, 0.66 - 0.25 * skill + (random() - 0.5) * 0.2));
  const longestMonologueMs = Math.round(30_000 + (1.2 - skill) * 70_000 * (0.5 + random()));
  const text = (length: number) =>
    Array.from({ length }, () => phrases[Math.floor(random() * phrases.length)]).join(". ");
  return {
    ...call,
    ...strip(call),
    id: `report:${call.id}`,
    callId: call.id,
    kind: "report",
    at: call.startedAt,
    metrics: {
      durationMs,
      agentMs: Math.round(durationMs * talkShare),
      customerMs: Math.round(durationMs * (0.9 - talkShare)),
      silenceMs: Math.round(durationMs * 0.1),
      overtalkMs: Math.round(durationMs * 0.02 * random()),
      talkShare,
      talkShareOfSpeech: talkShare / 0.9,
      silenceShare: 0.1,
      overtalkShare: 0.02 * random(),
      turns: 20 + Math.floor(random() * 40),
      interactivity: 4 + random() * 6,
      longestMonologueMs,
      longestCustomerMs: Math.round(20_000 + random() * 40_000),
      patienceMs: Math.round(300 + skill * 800 * random()),
      interruptionsByAgent: Math.floor(random() * 4),
      interruptionsByCustomer: Math.floor(random() * 4),
      interruptionRate: random() * 0.1,
      paceWpm: Math.round(140 + (1 - skill) * 40 + (random() - 0.5) * 30),
      customerPaceWpm: Math.round(140 + random() * 30),
      questionsAsked: Math.floor(skill * 12 * random()),
      fillersPerMinute: random() * 4,
      deadAirCount: Math.floor(random() * 2),
      deadAirMs: Math.round(random() * 9_000),
      sentiment: random() - 0.4,
      customerSentiment: random() - 0.4,
    },
    mood: Array.from({ length: 8 }, () => Math.round((random() * 2 - 1) * 100) / 100),
    playbook: playbookKey,
    playbookVersion: 7,
    items,
    // It came up in two of three.
    cards:
      number % 3 === 2
        ? []
        : [{ key: "price", title: "Price", phrase: "the price is higher", atMs: 100_000 }],
    moments: momentsOf(durationMs, longestMonologueMs, random),
    summary: text(8),
    keyPoints: [text(1), text(1), text(1)],
    actions: [{ key: "a1", text: text(1), dueInDays: 2, atMs: 90_000 }],
    objections: [{ text: text(1), atMs: 100_000, answered: true }],
    sentiment: "neutral",
    strengths: [{ text: text(2), atMs: 1_000 }],
    improvements: [{ text: text(1), advice: text(2), atMs: 1_000 }],
    followUp: text(1),
    score: Math.round(50 + skill * 40),
    scorecard: "sales",
    criteria: [],
    wordedBy: "rules",
    wordsMissing: "",
  } as unknown as CallReport;
}

/** One to three, every fourth of which was dismissed. */
function showingsOf(report: CallReport, number: number): CardShown[] {
  const { rev, createdAt, updatedAt, kept, callId, leadId, agentId, teamId, at } = report;
  const { playbook, playbookVersion } = report;
  const base = { rev, createdAt, updatedAt, kept, callId, leadId, agentId, teamId, at };
  const about = { ...base, kind: "card-shown", byId: agentId, playbook, playbookVersion };
  return cardKeys.slice(0, 1 + (number % 3)).map((card, place) => {
    const state = (number + place) % 4 === 0 ? "dismissed" : "shown";
    const id = `shown:${callId}:${place}`;
    return { ...about, id, card, atMs: 100_000 + place * 60_000, state } as CardShown;
  });
}

/** What a call has and a report has not. */
function strip(call: Call): Record<string, undefined> {
  const own = ["direction", "from", "to", "startedAt", "answeredAt", "endedAt", "endReason", "line"];
  const rest = ["disposition", "notes", "recording", ...own];
  return Object.fromEntries(rest.filter((field) => field in call).map((field) => [field, undefined]));
}

function momentsOf(durationMs: number, longestMs: number, random: Random): Moment[] {
  const point = () => Math.round(random() * durationMs * 0.8);
  const made = (kind: Moment["kind"], good: boolean, text: string, lengthMs: number): Moment => {
    const atMs = point();
    return { kind, good, text, atMs, endMs: atMs + lengthMs };
  };
  return [
    made("monologue", false, `Spoke ${Math.round(longestMs / 1000)} s without a pause`, longestMs),
    ...(random() < 0.4 ? [made("interruption", false, "Talked over the customer", 2_000)] : []),
    ...(random() < 0.3 ? [made("dead-air", false, "Nobody spoke for 9 s", 9_000)] : []),
    ...(random() < 0.5 ? [made("objection", false, "Price came up, no card used", 4_000)] : []),
    ...(random() < 0.3 ? [made("praise", true, "Good: asked who decides", 6_000)] : []),
  ];
}
