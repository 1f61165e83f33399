import type { Scorecard } from "../../entities/setting.ts";

/** How a call is scored where nobody has said otherwise. Its limits are goals of the manager's view too. */
export const qualityScorecard: Pick<Scorecard, "key" | "label" | "teamId" | "criteria"> = {
  key: "call-quality",
  label: "Call quality",
  teamId: null,
  criteria: [
    { key: "checklist", label: "Did what the playbook asks", weight: 30, by: { kind: "checklist" } },
    {
      key: "listening",
      label: "Let the other one talk",
      weight: 15,
      by: { kind: "metric", metric: "talkShare", from: 0.4, to: 0.5, slack: 0.25 },
    },
    {
      key: "questions",
      label: "Asked questions",
      weight: 15,
      by: { kind: "metric", metric: "questionsAsked", from: 4, to: 20, slack: 4 },
    },
    {
      key: "monologue",
      label: "No monologue",
      weight: 10,
      by: { kind: "metric", metric: "longestMonologueMs", from: 0, to: 60_000, slack: 60_000 },
    },
    {
      key: "pace",
      label: "Pace that can be followed",
      weight: 5,
      by: { kind: "metric", metric: "paceWpm", from: 130, to: 160, slack: 50 },
    },
    {
      key: "interruptions",
      label: "Let them finish",
      weight: 5,
      by: { kind: "metric", metric: "interruptionsByAgent", from: 0, to: 1, slack: 3 },
    },
    { key: "answered", label: "Answered what was asked", weight: 20, by: { kind: "person" } },
  ],
};
