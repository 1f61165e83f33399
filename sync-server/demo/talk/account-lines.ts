import type { Lines } from "./lines.ts";

// Calls with people who sit in an office of Northgate already: an invoice that is late, or something that is broken.

const listening: Lines["listening"] = [
  [
    "A And apart from that, how is the floor working for you?",
    "C Good, mostly. The team likes the rooms. We had one week with the lift, but that was sorted quickly, so no complaints there.",
  ],
  [
    "A Has anything changed with you that I should know?",
    "C We are hiring two more in the spring, so we may want the small room next door, if it comes free. Nothing urgent.",
  ],
  [
    "A Is there anything else that bothers you?",
    "C The coffee machine on our side is loud. It's a detail. But you asked.",
  ],
];
const talking: Lines["talking"] = [
  [
    "A You see, the way it works with us is that all of this goes through the system, and the system sends it to the right people, and they have their own times, so from here I can't really do more than put it in, and then it goes its way, that's the process that we have had since last year.",
    "C I understand that, but still.",
  ],
  [
    "A It says so in the terms that you signed, there's a page about it, and it's the same for everybody in the house, and I know that people don't read it, but it's in there, and we have to treat all of them alike, otherwise the next one comes and says why not me.",
    "C Yes. Okay.",
  ],
  [
    "A We have been very busy with the move of the ground floor, and with two colleagues out, so things take a little longer than we would like, and everybody has to wait a bit at the moment, it's not only you, I had the same talk with three others this morning.",
    "C Mm-hm.",
  ],
];

export const invoiceLines: Lines = {
  items: {
    invoice: { done: [["A Hello {first}, {agent} from Northgate. I'm calling about the invoice of {month}, it was due on the ninth.", "C Oh. Yes. I saw the reminder."]], skipped: [["A Hello {first}, there's still something open with us, I see here.", "C Is there? Which one do you mean?", "A The last one."]] }, // prettier-ignore
    "good-time": {
      done: [["A Is now all right to talk about it?", "C It's never a good time for that, but yes."]],
      skipped: [],
    },
    why: {
      done: [
        [
          "A I'd like to understand what happened.",
          "C Our largest client has not paid us, and I can only send on what comes in. They promise it every week.",
        ],
      ],
      skipped: [],
    },
    right: {
      done: [
        [
          "A Is anything wrong with the invoice itself, the amount or the service?",
          "C There is a charge for two rooms that we gave back. The rest is right.",
          "A I see it. I take that off today.",
        ],
      ],
      skipped: [],
    },
    "part-now": {
      done: [
        ["A Could you pay a part of it this week?", "C A third. More than that, and I can't pay my people."],
      ],
      skipped: [],
    },
    dates: {
      done: [
        [
          "A Then we do the rest in two parts, in {month} and a month after that.",
          "C That I can keep. If the client pays, you get it earlier.",
        ],
      ],
      skipped: [["A And the other part as soon as you can.", "C I'll try."]],
    },
    approval: {
      done: [["A Who has to approve it on your side?", "C Nobody. It's my name on the door."]],
      skipped: [],
    },
    "in-writing": {
      done: [
        ["A Good. You get that from me in writing today.", "C Please. Then I can show it to my bookkeeper."],
      ],
      skipped: [],
    },
  },
  objections: [
    {
      raised: "C You have to give me more time, there is no way around it.",
      answered: [
        "A How much would help, and what will be different then?",
        "C Three weeks. The client has to pay until then, it's in the contract.",
        "A Three weeks, then. I write the date down, and as long as it's kept there are no late fees.",
        "C Thank you. That's decent.",
      ],
      brushed: ["A I can't do that. It's overdue, and that's that.", "C Then I don't know what to say."],
    },
  ],
  listening,
  talking,
  endings: {
    other: [
      ["C Thank you for being reasonable.", "A Thank you, {first}. Good luck with that client."],
      ["C All right. Bye.", "A Goodbye, {first}."],
    ],
  },
};

export const supportLines: Lines = {
  items: {
    sorry: { done: [["A Northgate, {agent} speaking.", "C Hi, {first} here. It's cold on our floor again, since Monday actually, and I wrote it in the app.", "A I'm sorry to hear that, {first}. It should not have happened twice."]], skipped: [["A Northgate.", "C Hi, {first} here. It's cold on our floor again, and I wrote it in the app.", "A Okay."]] }, // prettier-ignore
    "where-when": {
      done: [
        [
          "A Is it the whole floor, or one side of it?",
          "C The street side. The back is fine, that's where everybody sits now, on top of each other.",
        ],
      ],
      skipped: [],
    },
    history: {
      done: [
        [
          "A I can see your report here, it came in early in the morning.",
          "C And then somebody closed it. It had a green tick in the evening, and it was as cold as before.",
        ],
      ],
      skipped: [],
    },
    "who-comes": {
      done: [
        [
          "A I'm sending someone now. He will be with you in twenty minutes.",
          "C Twenty minutes? That's better than last time.",
        ],
      ],
      skipped: [
        ["A I'll pass it on to the technicians.", "C And when will they come?", "A As soon as they can."],
      ],
    },
    meanwhile: {
      done: [
        [
          "A In the meantime you can have the meeting suite upstairs, free of charge.",
          "C Oh, that's nice. We have guests after lunch.",
        ],
      ],
      skipped: [],
    },
    "call-back": {
      done: [
        [
          "A And I will call you at one, whatever has happened by then.",
          "C At one. Good, I'll hold you to that.",
        ],
      ],
      skipped: [],
    },
  },
  objections: [
    {
      raised: "C The app says resolved, and it is not resolved, and that's the third time.",
      answered: [
        "A You're right, and that's our fault. I open it again, and from now on only you can close it.",
        "C Good. That's all I want, really.",
      ],
      brushed: ["A The app does that by itself sometimes.", "C It shouldn't."],
    },
  ],
  listening,
  talking,
  endings: {
    other: [
      ["C Thanks, you've been very helpful.", "A Thank you for calling, {first}."],
      ["C Well, we will see. Bye.", "A Bye, {first}."],
    ],
  },
};
