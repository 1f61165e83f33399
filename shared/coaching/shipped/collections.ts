import type { PlaybookRules } from "../../entities/playbook.ts";
import { whenAgentSays, whenCustomerSays, whenMetric, whenPattern, whenQuiet } from "./triggers.ts";

const usual = { everyMs: 300_000, staysMs: 20_000 };

/** An invoice that is late: understand why, take off what is wrong, agree dates that can be kept. */
export const collectionsPlaybook: PlaybookRules = {
  label: "Overdue invoice",
  appliesTo: { directions: ["outbound"], queues: [], callLists: [], teamIds: [] },
  items: [
    {
      key: "invoice",
      label: "Which invoice, how much",
      hint: "It’s the October invoice, due on the ninth",
      triggers: [
        whenAgentSays(["about the invoice", "the invoice over", "was due on", "is overdue"], { apart: 3 }),
      ],
    },
    {
      key: "good-time",
      label: "Asked whether now is good",
      hint: "Is now all right to talk about it?",
      triggers: [
        whenAgentSays(["is now all right", "is now a good", "a good moment", "do you have a minute"], {
          untilMs: 60_000,
        }),
      ],
    },
    {
      key: "why",
      label: "Why it is late",
      hint: "I’d like to understand what happened",
      triggers: [
        whenAgentSays([
          "understand what happened",
          "what happened",
          "what holds it up",
          "know when they will pay",
        ]),
      ],
    },
    {
      key: "right",
      label: "Is the invoice right?",
      hint: "Is anything wrong with it: amount, service?",
      triggers: [
        whenAgentSays([
          "wrong with the invoice",
          "invoice correct",
          "agree with the amount",
          "the amount or the service",
        ]),
      ],
    },
    {
      key: "part-now",
      label: "A part this week",
      hint: "Could you pay a part of it this week?",
      triggers: [
        whenAgentSays(["pay a part", "part of it", "pay this week", "pay today", "what could you pay"]),
      ],
    },
    {
      key: "dates",
      label: "Dates for the rest",
      hint: "Two parts, on the fifteenth?",
      triggers: [
        whenAgentSays(["the rest in", "in two parts", "in three parts", "payment plan", "installments"]),
        whenPattern("agent", String.raw`\bon the \w+ of (?:january|february|march|april|may|june|july|august|september|october|november|december) and\b`), // prettier-ignore
      ],
    },
    {
      key: "approval",
      label: "Who approves it",
      hint: "Who has to approve it on your side?",
      triggers: [whenAgentSays(["who has to approve", "who approves", "who signs it off", "is that you"])],
    },
    {
      key: "in-writing",
      label: "The plan in writing",
      hint: "I’ll send you the plan today",
      triggers: [whenAgentSays(["in writing", "send you the plan", "confirm it by e-mail"])],
    },
  ],
  cards: [
    {
      key: "waits-for-client",
      title: "Waits for their own client",
      lines: ["Ask when, and what if not", "Ask for a part by Friday", "Ask nothing about the client"],
      triggers: [
        whenCustomerSays([
          "client has not paid",
          "customer has not paid",
          "waiting for me",
          "cash flow",
          "nobody pays us",
          "slow month",
        ]),
      ],
      ...usual,
    },
    {
      key: "disputed",
      title: "Something on it is wrong",
      lines: ["Look it up while they wait", "Take it off, say the new sum", "Then ask for the rest"],
      triggers: [
        whenCustomerSays(
          [
            "we canceled",
            "is a charge for",
            "never used",
            "not what we ordered",
            "wrong amount",
            "paid already",
          ],
          {
            apart: 3,
          },
        ),
      ],
      ...usual,
    },
    {
      key: "cannot-pay",
      title: "Cannot pay all of it",
      lines: [
        "Say that you understand",
        "Ask what is possible this week",
        "No late fees while dates are kept",
      ],
      triggers: [
        whenCustomerSays(["can not pay", "can not afford", "do not have the money", "more than that and I"]),
      ],
      ...usual,
    },
    {
      key: "more-time",
      title: "Asks for more time",
      lines: ["Agree, if the first dates hold", "At most three parts", "Put a day to it"],
      triggers: [
        whenPattern("customer", String.raw`\b(?:can|could) \w+ be\b`),
        whenCustomerSays(["more time", "a few more weeks", "a later date", "wait until"]),
      ],
      ...usual,
    },
    {
      key: "lawyer",
      title: "A lawyer comes up",
      lines: ["Do not argue about the law", "Ask who to write to", "End the call in a friendly way"],
      triggers: [whenCustomerSays(["my lawyer", "our lawyer", "my attorney", "legal action", "sue you"])],
      ...usual,
    },
    {
      key: "insolvent",
      title: "Insolvency comes up",
      lines: ["Ask whether it has been filed", "Ask for no payment", "Hand it to accounts today"],
      triggers: [
        whenCustomerSays([
          "insolvent",
          "bankrupt",
          "bankruptcy",
          "chapter eleven",
          "chapter seven",
          "closing down",
        ]),
      ],
      ...usual,
    },
    {
      key: "under-pressure",
      title: "Leave them room",
      lines: ["Ask one question, then wait", "Say what is possible, not what must be"],
      triggers: [
        whenMetric("interruptionsByAgent", "over", 2, 30_000),
        whenMetric("talkShareOfSpeech", "over", 0.7, 60_000),
      ],
      everyMs: 300_000,
      staysMs: 12_000,
    },
    {
      key: "thinking",
      title: "Let them think",
      lines: ["Wait some seconds more", "Then: “What would be possible?”"],
      triggers: [whenQuiet(5_000, 20_000)],
      everyMs: 60_000,
      staysMs: 8_000,
    },
  ],
  alarms: { monologueMs: 45_000, paceWpm: 160, deadAirMs: 12_000 },
};
