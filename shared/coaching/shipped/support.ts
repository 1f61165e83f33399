import type { PlaybookRules } from "../../entities/playbook.ts";
import { whenAgentSays, whenCustomerSays, whenMetric, whenPattern, whenQuiet } from "./triggers.ts";

const usual = { everyMs: 300_000, staysMs: 20_000 };

/** People who sit in an office of ours, in which something does not work. */
export const supportPlaybook: PlaybookRules = {
  label: "Something is broken",
  appliesTo: { directions: ["inbound"], queues: [], callLists: [], teamIds: [] },
  items: [
    {
      key: "sorry",
      label: "Said sorry",
      hint: "I’m sorry to hear that",
      triggers: [whenAgentSays(["sorry to hear", "I am sorry", "I apologize", "should not have happened"])],
    },
    {
      key: "where-when",
      label: "Where, and since when",
      hint: "Is it the whole floor, or one side?",
      triggers: [
        whenAgentSays([
          "since when",
          "when did it start",
          "whole floor",
          "which floor",
          "which room",
          "where exactly",
        ]),
      ],
    },
    {
      key: "history",
      label: "Looked up the report",
      hint: "I can see your report here",
      triggers: [
        whenAgentSays([
          "see your report",
          "let me look",
          "see your ticket",
          "was reported",
          "see in the system",
        ]),
      ],
    },
    {
      key: "who-comes",
      label: "Who comes, and when",
      hint: "The technician is with you in twenty minutes",
      triggers: [
        whenAgentSays([
          "sending him over",
          "sending her over",
          "sending someone",
          "be with you in",
          "on the way",
        ]),
        whenPattern("agent", String.raw`\bin (?:\d+|ten|fifteen|twenty|thirty|forty) minutes\b`),
      ],
    },
    {
      key: "meanwhile",
      label: "Something for now",
      hint: "Until then, take the suite on the third floor",
      triggers: [
        whenAgentSays(
          [
            "meeting suite",
            "free of charge",
            "in the meantime",
            "until then you",
            "brings heaters",
            "blocked it for you",
          ],
          {
            apart: 3,
          },
        ),
      ],
    },
    {
      key: "call-back",
      label: "Promised to call",
      hint: "I’ll call you at one, whatever happens",
      triggers: [whenAgentSays(["I will call you", "will ring you", "talk to you at"], { fromMs: 20_000 })],
    },
  ],
  cards: [
    {
      key: "closed-too-early",
      title: "Closed before it was fixed",
      lines: [
        "Say that it should not have happened",
        "Open it again: only they may close it",
        "Name one person and a time",
      ],
      triggers: [
        whenCustomerSays([
          "says resolved",
          "not resolved",
          "clicked on resolved",
          "still not working",
          "green tick",
          "marked as done",
        ]),
      ],
      ...usual,
    },
    {
      key: "guests",
      title: "Guests are coming",
      lines: [
        "Ask when they arrive",
        "Meeting suite on three, free of charge",
        "Promise a call before that time",
      ],
      triggers: [
        whenCustomerSays([
          "clients coming",
          "guests coming",
          "visitors coming",
          "have an event",
          "board meeting",
        ]),
      ],
      ...usual,
    },
    {
      key: "not-safe",
      title: "Is everybody safe?",
      lines: [
        "Ask whether anybody is in danger",
        "Fire, smoke, gas: 911 comes first",
        "Send the guard to the floor now",
      ],
      triggers: [
        whenCustomerSays(
          [
            "smoke",
            "smell gas",
            "water everywhere",
            "stuck in the lift",
            "stuck in the elevator",
            "got a shock",
          ],
          {
            notNear: ["smoke break", "smoke outside"],
          },
        ),
      ],
      everyMs: 120_000,
      staysMs: 30_000,
    },
    {
      key: "again",
      title: "It has happened before",
      lines: [
        "Say the dates that you see",
        "Ask the house engineer for the cause",
        "Agree when you report back",
      ],
      triggers: [
        whenCustomerSays([
          "the third time",
          "the second time",
          "every week",
          "happened before",
          "always the same",
          "yet again",
        ]),
      ],
      ...usual,
    },
    {
      key: "wants-money",
      title: "Wants money back",
      lines: [
        "Write down what did not work, how long",
        "Promise an answer, not a sum",
        "Say by when they hear from you",
      ],
      triggers: [
        whenCustomerSays([
          "rent reduction",
          "money back",
          "reduce the rent",
          "pay less",
          "compensation",
          "refund",
        ]),
      ],
      ...usual,
    },
    {
      key: "wants-manager",
      title: "Wants your manager",
      lines: [
        "Offer it without a word against it",
        "Say what you have done so far",
        "Stay on until somebody answers",
      ],
      triggers: [
        whenCustomerSays([
          "your manager",
          "your supervisor",
          "your boss",
          "somebody else in charge",
          "file a complaint",
        ]),
      ],
      ...usual,
    },
    {
      key: "upset",
      title: "They are upset",
      lines: ["Let them finish", "Say back what you understood", "Then one thing that you do now"],
      triggers: [whenMetric("customerSentiment", "under", -0.45, 30_000)],
      everyMs: 300_000,
      staysMs: 15_000,
    },
    {
      key: "say-what-you-do",
      title: "Say what you are doing",
      lines: ["“I have your report open now”", "Say how long it takes"],
      triggers: [whenQuiet(6_000)],
      everyMs: 60_000,
      staysMs: 8_000,
    },
  ],
  alarms: { monologueMs: 45_000, paceWpm: 165, deadAirMs: 10_000 },
};
