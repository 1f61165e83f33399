import type { Part } from "../held-out.ts";

/** What customers write, and what a reader would underline: the things that it is about, in its own words. */
export type PhraseText = { part: Part; text: string; underlined: readonly string[] };

export const phraseTexts: readonly PhraseText[] = [
  about("open", "The parking price is too high. We need the fourth floor, with a garage for two cars.", [
    "parking price",
    "fourth floor",
    "garage",
  ]),
  about(
    "open",
    "Our lease ends in May. We pay 40,000 a year and look for an office with a meeting room near the station.",
    ["lease", "office", "meeting room", "station"],
  ),
  about("open", "The boiler broke down twice this winter and the hot water is never warm.", [
    "boiler",
    "hot water",
  ]),
  about("open", "I would like to change the delivery address of my order, the invoice can stay as it is.", [
    "delivery address",
    "order",
  ]),
  about("open", "Could you tell me whether pets are allowed, and what the service charge covers?", [
    "pets",
    "service charge",
  ]),
  about("open", "We talked to the bank about the mortgage; they want a second valuation of the house.", [
    "bank",
    "mortgage",
    "second valuation",
  ]),
  about("open", "My login does not work since the update, and the reset link never arrives.", [
    "login",
    "update",
    "reset link",
  ]),
  about("open", "The terrace is what we liked most. The kitchen is too small for a family of five.", [
    "terrace",
    "kitchen",
  ]),
  about(
    "held-out",
    "We saw the house on Mill Lane yesterday. The garden is what we want, but the roof needs work and the asking price is above our limit.",
    ["garden", "roof", "asking price"],
  ),
  about(
    "held-out",
    "My card was declined when I tried to pay the deposit, although there is enough money on the account.",
    ["card", "deposit"],
  ),
  about("held-out", "The lift has been out of order for two weeks and my mother cannot use the stairs.", [
    "lift",
    "stairs",
  ]),
  about(
    "held-out",
    "Please cancel the cleaning contract for the second floor, we are moving our team to the new building in June.",
    ["cleaning contract", "new building"],
  ),
  about(
    "held-out",
    "I am calling about the noise from the building site next door; it starts at six in the morning.",
    ["noise", "building site"],
  ),
  about(
    "held-out",
    "We need twelve desks, two phone booths and fast internet, and the rent should stay below 5,000.",
    ["desks", "phone booths", "internet", "rent"],
  ),
  about("held-out", "The survey found damp in the cellar, so the lender wants a lower price.", [
    "survey",
    "damp",
    "cellar",
    "lower price",
  ]),
  about(
    "held-out",
    "Who do I talk to about the broken window in the staircase? The insurance asked for photos.",
    ["broken window", "insurance"],
  ),
  about(
    "held-out",
    "Your newsletter mentioned a discount for students, does it apply to parking permits too?",
    ["discount", "students", "parking permits"],
  ),
  about(
    "held-out",
    "We signed the lease in March but the landlord still has not sent us the keys for the mailbox.",
    ["lease", "keys", "mailbox"],
  ),
  about(
    "held-out",
    "Solar panels and a charging point for the car would decide it for us, a swimming pool would not.",
    ["solar panels", "charging point"],
  ),
  about(
    "held-out",
    "The agent was late, the heating was off and the bathroom was not the one from the pictures.",
    ["heating", "bathroom"],
  ),
];

function about(part: Part, text: string, underlined: readonly string[]): PhraseText {
  return { part, text, underlined };
}
