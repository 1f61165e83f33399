import type { Urgency } from "../../../shared/sentiment/urgency.ts";
import type { Part } from "../held-out.ts";

/** What customers write, and how soon a reader would answer it: now, before a day that they name, or in turn. */
export type UrgencyText = { part: Part; level: Urgency["level"]; text: string };

const textsByLevel: Record<Part, Record<Urgency["level"], readonly string[]>> = {
  open: {
    high: [
      "Water is coming through the ceiling, please send somebody right away.",
      "I need an answer today, the other buyer signs tonight.",
      "Call me back ASAP.",
      "This is urgent, the lift is stuck with people in it.",
      "We are still waiting and the old lease ends at midnight.",
    ],
    some: [
      "Please send the plans by Friday.",
      "We would like to decide this week.",
      "The offer expires at the end of the month.",
      "Could you get back to me tomorrow?",
      "We are in a rush with the loan.",
    ],
    none: [
      "No rush, whenever you find the time.",
      "We might move next year or the year after.",
      "It is not urgent, I just wanted to ask about the garden.",
      "How many rooms does it have?",
      "Thank you for the talk yesterday.",
    ],
  },
  "held-out": {
    high: [
      "The tenant moves in in two hours and there is no key.",
      "My bank closes the loan at five this afternoon, where is the signature?",
      "Please pick up, it is about the fire alarm at Canal Street.",
      "Drop everything else, the buyer is standing in front of the house.",
      "I am locked out with two small children.",
      "If I don't hear from you before noon we sign with somebody else.",
      "The pipe burst and the cellar is filling up.",
      "Need this done now, not next week.",
      "He is in hospital and needs the papers this minute.",
      "We have no heating and it is minus ten outside.",
      "Last call: the auction starts in thirty minutes.",
      "I must speak to somebody immediately.",
    ],
    some: [
      "We have to give notice by the end of the month.",
      "Could somebody ring me tomorrow morning?",
      "The surveyor comes on Thursday, until then I need the plans.",
      "We want to move before school starts in two weeks.",
      "I have been waiting for the brochure since Monday.",
      "Please answer in the next few days, we have another offer.",
      "Our landlord wants to know soon whether we stay.",
      "The interest rate is only fixed until the 15th.",
      "I'd like to have it settled before my holiday next Friday.",
      "Can we do the viewing sometime this week?",
      "The discount runs out on Sunday.",
      "It would be good to get the contract quickly.",
    ],
    none: [
      "We are only looking around for now.",
      "Maybe in the autumn, we have time.",
      "Which floor is it on?",
      "Take all the time you need.",
      "I read your newsletter today and liked the article.",
      "He lived there until 1998.",
      "There is no hurry at all.",
      "What does parking cost in a month?",
      "The shop is right around the corner from our office.",
      "We were at the viewing yesterday, nice place.",
      "Do you also have offices in Boston?",
      "The building was finished last year.",
    ],
  },
};

export const urgencyTexts: readonly UrgencyText[] = Object.entries(textsByLevel).flatMap(([part, byLevel]) =>
  Object.entries(byLevel).flatMap(([level, texts]) =>
    texts.map((text): UrgencyText => ({ part: part as Part, level: level as Urgency["level"], text })),
  ),
);
