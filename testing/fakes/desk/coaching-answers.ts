import type { CallReport } from "../../../shared/entities/insight.ts";
import type { LiveCoaching, ShownUtterance } from "../../../shared/rpc/contract/coaching.ts";
import type { FakeAnswers } from "../pipe.ts";

export type CoachingScene =
  | "off"
  | "normal"
  | "card"
  | "monologue"
  | "both"
  | "silent"
  | "unagreed"
  | "paused"
  | "stopped"
  | "no-playbook"
  | "right-to-left";

/** A call that is coached, in one of its states, for looking at screens. */
export function answerCoaching(scene: CoachingScene, now: () => Date): FakeAnswers {
  let call = scene === "off" ? null : callIn(scene, now());
  let overlay = false;
  return {
    queries: {
      "coaching.live": (input: { overlay?: boolean }) => {
        overlay ||= input.overlay === true;
        return { call, overlayShown: overlay };
      },
      "coaching.transcript": () => ({ utterances: isWordless(scene) ? [] : said }),
      "coaching.report": () => ({ report, madeBy: "desk", accepted: ["a1"], comments: [] }),
    },
    commands: {
      "coaching.judgeCard": ({ useful }: { useful: boolean }) => {
        if (call?.card) call = { ...call, card: { ...call.card, judged: useful } };
        return {};
      },
      "coaching.cardShown": () => ({}),
      "coaching.dismissCard": () => {
        if (call) call = { ...call, card: null };
        return {};
      },
      "coaching.tickItem": ({ item, done }: { item: string; done: boolean }) => {
        if (call) call = { ...call, checklist: call.checklist.map((one) => tick(one, item, done)) };
        return {};
      },
      "coaching.snooze": () => ({}),
      "coaching.openOverlay": () => ({ opened: false }),
      "coaching.acceptAction": ({ action }: { action: string }) => ({
        ...{ taskId: `action:call-1:${action}`, undoId: "u", count: 1 },
      }),
    },
  };
}

function isWordless(scene: CoachingScene): boolean {
  return scene === "off" || scene === "silent" || scene === "unagreed";
}

type Item = LiveCoaching["checklist"][number];

function tick(one: Item, key: string, done: boolean): Item {
  return one.key === key ? { ...one, doneAtMs: done ? 190_000 : null, byHand: true } : one;
}

const labels = [
  "Recording consent",
  "Reason for moving",
  "Headcount and growth",
  "Ask the budget range",
  "Who decides",
  "Next step agreed",
];

function callIn(scene: Exclude<CoachingScene, "off">, now: Date): LiveCoaching {
  const secondsIn = { normal: 96, monologue: 321 }[scene as "normal"] ?? 184;
  const answeredMs = now.getTime() - secondsIn * 1000;
  const share = { normal: 0.41, monologue: 0.63 }[scene as "normal"] ?? 0.46;
  const call: LiveCoaching = {
    callId: "call-1" as LiveCoaching["callId"],
    customer: "Maria Kowalski",
    answeredAt: new Date(answeredMs).toISOString(),
    transcript: "heard",
    why: "",
    metrics: {
      ...{ talkShareOfSpeech: share, talkShare: share - 0.06, paceWpm: 148, longestMonologueMs: 41_000 },
      ...{ interruptionsByAgent: 1, questionsAsked: 6 },
    },
    mood: "positive",
    playbook: { key: "discovery", version: 3, label: "Discovery call" },
    checklist: labels.map((label, at) => ({
      ...{ key: `item-${at}`, label, hint: "", byHand: false },
      doneAtMs: at < (scene === "monologue" ? 4 : 3) ? (at + 1) * 38_000 : null,
    })),
    card: null,
    alarm: null,
    snoozedUntil: null,
  };
  const card: LiveCoaching["card"] = {
    key: "price",
    title: "Price against current lease",
    lines: [
      "Ask what the lease leaves out",
      "Rent includes charges and fit-out",
      "Offer the 12-month break clause",
    ],
    phrase: "more than we pay today",
    ...{
      shownAtMs: secondsIn * 1000,
      leavesAtMs: (secondsIn + 14) * 1000,
      wordedBy: "playbook",
      judged: null,
    },
  };
  const alarm: LiveCoaching["alarm"] = { kind: "monologue", value: 72_000 };
  switch (scene) {
    case "card":
      return { ...call, card };
    case "monologue":
      return { ...call, alarm };
    case "both":
      return { ...call, alarm, card };
    case "silent":
    case "unagreed":
      return { ...call, transcript: scene, metrics: {} };
    case "paused":
    case "stopped":
      return { ...call, transcript: scene };
    case "no-playbook":
      return {
        ...call,
        playbook: null,
        checklist: [],
        customer: "Priscilla Vandermeer-Oyelaran-Featherstonehaugh",
      };
    case "right-to-left":
      return {
        ...call,
        customer: "محمد العربي بن عبد الرحمن",
        checklist: call.checklist.map((item, at) => ({
          ...item,
          label: at === 3 ? "اسأل عن الميزانية" : item.label,
        })),
        card: {
          ...card,
          phrase: "أكثر مما ندفع اليوم",
          title: "السعر مقابل الإيجار",
          lines: ["اسأل ماذا لا يشمل الإيجار"],
        },
      };
    default:
      return call;
  }
}

const said: ShownUtterance[] = (
  [
    ["agent", 164_000, "So the fourth floor fits, with room to grow. Shall I hold it until Friday?", true],
    [
      "customer",
      178_000,
      "Possibly. Honestly, it’s more than we pay today, and our lease runs to March.",
      true,
    ],
    ["agent", 189_000, "What does that lease leave out", false],
  ] as const
).map(([speaker, startMs, text, final], at) => ({
  id: `utterance-${at}` as ShownUtterance["id"],
  formerId: null,
  speaker,
  startMs,
  text,
  final,
}));

const report: CallReport = {
  ...{ id: "report:call-1" as CallReport["id"], rev: 0, createdAt: "", updatedAt: "", kept: [] },
  ...{ kind: "report", callId: "call-1" as CallReport["callId"], leadId: "lead-1" as CallReport["leadId"] },
  ...{ agentId: "ana" as CallReport["agentId"], teamId: null, at: "2026-11-21T09:00:00.000Z" },
  metrics: { talkShareOfSpeech: 0.46, longestMonologueMs: 41_000, questionsAsked: 6, durationMs: 465_000 },
  parts: [],
  mood: [0, 0.1, -0.4, 0, 0.3, -0.2, 0.45, 0.57],
  ...{ playbook: "discovery", playbookVersion: 3 },
  items: labels.map((label, at) => ({ key: `item-${at}`, label, atMs: at < 5 ? at * 40_000 : null })),
  cards: [
    { key: "price", title: "Price against current lease", phrase: "more than we pay today", atMs: 178_000 },
  ],
  moments: [],
  summary:
    "Maria looks for an office for 40 people by March. She finds the fourth floor dearer than her lease, and wants to see it with her director.",
  keyPoints: ["40 people, 55 within the year", "Lease runs to March", "Her director decides with her"],
  actions: [
    { key: "a1", text: "Send the floor plan of the fourth floor", dueInDays: 1, atMs: 240_000 },
    { key: "a2", text: "Call back about the viewing with her director", dueInDays: 3, atMs: 410_000 },
  ],
  objections: [{ text: "It is more than we pay today", atMs: 178_000, answered: true }],
  sentiment: "positive",
  strengths: [
    { text: "You asked what the lease leaves out before naming a price", atMs: 189_000 },
    { text: "You let her finish: no interruption in seven minutes", atMs: null },
  ],
  improvements: [
    { text: "Nobody agreed on a next step", advice: "Name a day before you hang up.", atMs: 440_000 },
  ],
  followUp: "Tour of the fourth floor with the director",
  ...{ score: 78, scorecard: "discovery", criteria: [], wordedBy: "rules", wordsMissing: "" },
};
