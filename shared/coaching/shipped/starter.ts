import type { PlaybookRules } from "../../entities/playbook.ts";
import { whenAgentSays, whenCustomerSays, whenMetric, whenPattern, whenQuiet } from "./triggers.ts";

const days = "(?:monday|tuesday|wednesday|thursday|friday|saturday|tomorrow|next week)";
const usual = { everyMs: 300_000, staysMs: 20_000 };

/** What a good call has in any trade: to begin from where nobody has written down yet what theirs has. */
export const starterPlaybook: PlaybookRules = {
  label: "Every call",
  appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
  items: [
    {
      key: "greeting",
      label: "Name and company",
      hint: "Good morning, this is … from …",
      triggers: [
        whenAgentSays(["my name is", "this is from", "speaking how can I help"], { untilMs: 45_000 }),
      ],
    },
    {
      key: "need",
      label: "What they need",
      hint: "What can I do for you? What made you look?",
      triggers: [
        whenAgentSays([
          "how can I help",
          "what can I do for you",
          "what are you looking for",
          "what makes you look",
          "what happened",
          "tell me more",
        ]),
      ],
    },
    {
      key: "understood",
      label: "Said back in your words",
      hint: "So if I understand you right, …",
      triggers: [
        whenAgentSays([
          "if I understand",
          "so what you need",
          "let me repeat",
          "to sum up",
          "did I get that right",
        ]),
      ],
    },
    {
      key: "next-step",
      label: "Next step with a day",
      hint: "I call you on Thursday at ten. Does that suit you?",
      triggers: [
        whenAgentSays(["I will send you", "put it in the calendar", "I will call you back"], {
          fromMs: 30_000,
        }),
        whenPattern("agent", String.raw`\b(?:on|by|until) ${days}\b`, 30_000),
      ],
    },
    {
      key: "anything-else",
      label: "Anything else?",
      hint: "Is there anything else I can do for you today?",
      triggers: [whenAgentSays(["anything else", "any other question"])],
    },
  ],
  cards: [
    {
      key: "too-dear",
      title: "Too expensive",
      lines: ["Ask: compared with what?", "Say once more what it is worth to them", "Then wait"],
      triggers: [
        whenCustomerSays(["too expensive", "too much money", "cheaper elsewhere", "cannot afford"], {
          apart: 3,
        }),
      ],
      ...usual,
    },
    {
      key: "think-about-it",
      title: "They want to think about it",
      lines: ["Ask what speaks against it", "Offer to answer that now", "Agree a day to talk again"],
      triggers: [whenCustomerSays(["think about it", "sleep on it", "get back to you"])],
      ...usual,
    },
    {
      key: "upset",
      title: "They are upset",
      lines: ["Say sorry, once, and mean it", "Say back what went wrong", "Say what you do, and by when"],
      triggers: [
        whenCustomerSays([
          "this is ridiculous",
          "not acceptable",
          "I am angry",
          "make a complaint",
          "speak to your manager",
        ]),
      ],
      ...usual,
    },
    {
      key: "do-not-call",
      title: "Asks not to be called",
      lines: ["Say yes, at once", "Ask whether e-mail is still fine", "Read back what you wrote down"],
      triggers: [whenCustomerSays(["take me off", "off your list", "stop calling", "do not call"])],
      everyMs: 600_000,
      staysMs: 30_000,
    },
    {
      key: "gone-quiet",
      title: "It has gone quiet",
      lines: ["Say what you are doing just now", "Or ask one open question"],
      triggers: [whenQuiet(8_000, 20_000)],
      everyMs: 120_000,
      staysMs: 10_000,
    },
    {
      key: "talking-much",
      title: "You talk most of the time",
      lines: ["Ask one question, then wait"],
      triggers: [whenMetric("talkShareOfSpeech", "over", 0.7, 90_000)],
      everyMs: 300_000,
      staysMs: 12_000,
    },
  ],
  alarms: { monologueMs: 60_000, paceWpm: 175, deadAirMs: 8_000 },
};
