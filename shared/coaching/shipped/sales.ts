import type { PlaybookRules } from "../../entities/playbook.ts";
import {
  whenAgentSays,
  whenCustomerMeans,
  whenCustomerSays,
  whenMetric,
  whenPattern,
  whenQuiet,
} from "./triggers.ts";

const days = "(?:monday|tuesday|wednesday|thursday|friday|saturday|tomorrow|next week)";
const usual = { everyMs: 300_000, staysMs: 20_000 };

/** Qualifying people who look for an office: why, how many, for how much, who decides, what comes next. */
export const salesPlaybook: PlaybookRules = {
  label: "Discovery call",
  appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
  items: [
    {
      key: "opening",
      label: "Name and company",
      hint: "It’s Ana from Northgate Workspaces",
      triggers: [whenAgentSays(["Northgate"], { untilMs: 60_000 })],
    },
    {
      key: "reason",
      label: "Reason for moving",
      hint: "What makes you look for something else?",
      triggers: [
        whenAgentSays([
          "what are you looking for",
          "what makes you look",
          "what brings you",
          "why do you want to move",
          "what do you not like",
          "where are you now",
        ]),
        whenCustomerSays(
          [
            "landlord wants us out",
            "our lease ends",
            "lease runs out",
            "running out of space",
            "we are stuck with",
            "in the old place",
            "too small for us",
            "need more room",
          ],
          { apart: 3 },
        ),
      ],
    },
    {
      key: "headcount",
      label: "Headcount and growth",
      hint: "How many people are you, and in a year?",
      triggers: [
        whenAgentSays(["how many people", "how many desks", "how many of you", "how big is the team"]),
        whenPattern("customer", String.raw`\b(?:\d+|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]\w+)?|nine|ten|eleven|twelve) (?:people|desks|employees)\b`), // prettier-ignore
      ],
    },
    {
      key: "budget",
      label: "Budget range",
      hint: "What do you pay today, all in?",
      triggers: [
        whenAgentSays(["the budget", "your budget", "what do you pay", "what you pay", "what do they pay"]),
        whenCustomerSays(
          ["the budget is", "our budget is", "we pay thousand", "board has approved", "we can spend"],
          { apart: 4 },
        ),
      ],
    },
    {
      key: "decision",
      label: "Who decides",
      hint: "Who decides this with you?",
      triggers: [
        whenAgentSays([
          "who decides",
          "decide this together",
          "the one who decides",
          "who else should",
          "who signs",
          "is your finance director",
          "run the studio together",
          "have to see the contract",
          "would the board sign",
          "what do they need to see",
        ]),
        whenCustomerSays(["he signs", "she signs", "who signs", "executive signs", "I decide alone"]),
      ],
    },
    {
      key: "next-step",
      label: "Next step agreed",
      hint: "Tomorrow at nine thirty, with both of you?",
      triggers: [
        whenAgentSays(
          ["see you tomorrow", "see you on", "I will send you an invite", "put it in the calendar"],
          {
            fromMs: 45_000,
          },
        ),
        whenPattern("agent", String.raw`\b(?:on|by|until|come|you|it|is|talk) ${days}\b`, 45_000),
        whenPattern("agent", String.raw`\bany day next week\b`, 45_000),
      ],
    },
  ],
  cards: [
    {
      key: "price-against-lease",
      title: "Price against current lease",
      lines: [
        "Ask what the current lease leaves out",
        "Rent includes charges and fit-out",
        "Offer the 12-month break clause",
      ],
      triggers: [
        whenCustomerSays([
          "more than we pay",
          "over our budget",
          "above our budget",
          "over what we planned",
          "too expensive",
          "is too much",
          "rent went up",
          "still double",
        ]),
        whenCustomerMeans([
          "It costs more than what we pay for our office now",
          "That is more money than we can spend on rent",
        ]),
      ],
      ...usual,
    },
    {
      key: "cheaper-offer",
      title: "Another provider is cheaper",
      lines: [
        "Ask what their price leaves out",
        "Count booths, desks and network with them",
        "Ask what they like about it",
      ],
      triggers: [
        whenCustomerSays([
          "they are cheaper",
          "another offer",
          "percent cheaper",
          "one is cheaper",
          "cheaper elsewhere",
        ]),
      ],
      ...usual,
    },
    {
      key: "westgate",
      title: "Westgate comparison",
      lines: [
        "They sign three years, without a break",
        "We close the floor and include charges",
        "Ask when their notice runs out",
      ],
      triggers: [whenCustomerSays(["Westgate", "West Gate"])],
      ...usual,
    },
    {
      key: "lock-in",
      title: "Lock-in worries",
      lines: [
        "A break clause can come after 18 months",
        "Shorter terms cost a little more",
        "Ask what they could sign today",
      ],
      triggers: [
        whenCustomerSays([
          "break clause",
          "notice period",
          "months notice",
          "can not sign for",
          "locked in",
          "get out of it",
        ]),
        whenCustomerMeans([
          "We do not want to be tied to one place for years",
          "What happens if we want to leave earlier",
        ]),
      ],
      ...usual,
    },
    {
      key: "parking",
      title: "Parking and loading",
      lines: [
        "Ask: every day, or in all?",
        "Day spaces next door cost 18 dollars",
        "Loading bay takes seven and a half tons",
      ],
      triggers: [
        whenCustomerSays(
          ["loading bay", "parking spaces", "parking comes on top", "people who drive", "enough parking"],
          {
            apart: 3,
          },
        ),
        whenPattern("customer", String.raw`\b(?:\d+|[a-z]+) spaces\b`),
      ],
      ...usual,
    },
    {
      key: "decision-maker",
      title: "Somebody else decides",
      lines: ["Ask what they need to see", "Offer one page for them", "Ask them to join the next call"],
      triggers: [
        whenCustomerSays([
          "my boss",
          "my partner",
          "the board",
          "our CFO",
          "our C F O",
          "run that past",
          "with legal",
          "privacy officer",
          "she does the money",
        ]),
      ],
      ...usual,
    },
    {
      key: "deposit",
      title: "Deposit is too high",
      lines: [
        "Ask: the cash, or the principle?",
        "Two months: ask the office today",
        "Third month as a bank guarantee",
      ],
      triggers: [whenCustomerSays(["the deposit", "months is a lot"], { apart: 3 })],
      ...usual,
    },
    {
      key: "send-me-something",
      title: "Send me an e-mail",
      lines: ["Say yes, and ask what for", "Agree a time to go through it", "Ask who else will read it"],
      // Where a date stands beside it, the next step is agreed already.
      triggers: [
        whenCustomerSays(
          ["send me an e-mail", "send me pictures", "send me information", "send me something"],
          {
            notNear: ["invite", "calendar", "see you"],
          },
        ),
      ],
      ...usual,
    },
    {
      key: "do-not-call",
      title: "Asks not to be called",
      lines: ["Say yes, at once", "Ask whether e-mail is still fine", "Read back what you wrote down"],
      triggers: [
        whenCustomerSays(["take us off", "take me off", "off the list", "stop calling", "do not call"]),
      ],
      everyMs: 600_000,
      staysMs: 30_000,
    },
    {
      key: "gone-quiet",
      title: "It has gone quiet",
      lines: ["Ask one open question", "“What would make this work for you?”"],
      triggers: [whenQuiet(7_000, 20_000)],
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
