import { Bot } from "../../../shared/bot/bot.ts";
import type { Part } from "../held-out.ts";

/**
 * What a visitor says, one thing after the other. Either a person has to take over after the last of it and not before,
 * or nobody has to: then the bot answers, and where it knows the answer it says this.
 */
export type Talk = { part: Part; says: readonly string[] } & (
  { person: true } | { person: false; answered?: RegExp }
);

export const bot = Bot.parse({
  name: "Ria",
  opening: "Hello, I am Ria. Ask me about our flats.",
  purposes: ["answers", "qualification", "call-back"],
  knows: [
    { about: "Are pets allowed?", text: "Cats and small dogs are welcome in all our flats." },
    {
      about: "Parking",
      text: "Each flat has one parking space in the garage, a second one costs 60 USD a month.",
    },
    { about: "How long is a lease?", text: "Leases run for twelve months." },
    { about: "Deposit", text: "The deposit is two months' rent, paid before the keys are handed over." },
    { about: "Opening hours", text: "The office is open Monday to Friday, nine to six." },
    { about: "Viewings", text: "Viewings are on Tuesdays and Thursdays after four." },
    { about: "Are the flats furnished?", text: "Kitchens are fitted, the rest is unfurnished." },
    {
      about: "Is heating included in the rent?",
      text: "Heating and water are included, electricity is not.",
    },
    {
      about: "Where is the building?",
      text: "It is at 210 Canal Street, two minutes from Clinton station.",
    },
    { about: "Is there a lift?", text: "Both houses have a lift to every floor." },
  ],
  teamId: null,
  people: "always",
  origins: [],
  mostAnswers: 5,
  mostChatsADay: 100,
  on: true,
});

export const talks: readonly Talk[] = [
  ...["Can I speak to a person?", "human", "You are useless", "I am really angry about this"].map(wanted("open")), // prettier-ignore
  ...["Please answer asap, this is an emergency", "Which schools are near?", "The heating is broken"].map(wanted("open")), // prettier-ignore
  { part: "open", person: true, says: ["sdfgh", "qwrt"] },
  { part: "open", person: true, says: ["Can someone call me back", "+1 312 555 0147", "tomorrow at ten"] },
  {
    ...{ part: "open", person: true },
    says: ["I am looking for a flat", "Two rooms by the lake", "Maria Lopez", "maria@example.org"],
  },
  fine("open", "Are pets allowed?", /cats/iu),
  fine("open", "Is there a parking garage?", /parking space/u),
  fine("open", "How long do leases run?", /twelve months/u),
  fine("open", "Is the deposit two months?", /two months/u),
  fine("open", "When is the office open?", /Monday/u),
  fine("open", "Are pets allowed today?", /cats/iu),
  fine("open", "Hello"),
  fine("open", "Thanks"),
  { part: "open", person: false, says: ["I am looking for a flat", "Two rooms by the lake"] },
  {
    ...{ part: "open", person: false, answered: /cats/iu },
    says: ["I am looking for a flat", "Are pets allowed?"],
  },
  ...[
    "Can you put me through to whoever is in charge?",
    "I'd rather talk with somebody real.",
    "Is there anyone there I can chat with?",
    "I'm sick and tired of this, nobody answers my letters.",
    "Your company stole my deposit!",
    "There is water running down the wall of our bathroom right now.",
    "I smell gas in the hallway.",
    "My key broke off in the lock and I can't get in.",
    "Do you also sell houses in Boston?",
    "Can I pay the rent in instalments?",
    "How much tax do I pay on the rent?",
    "I want to end my lease early.",
    "Is Ben Carter still working for you? He has my papers.",
    "What will the rent be next year?",
  ].map(wanted("held-out")),
  { part: "held-out", person: true, says: ["hm", "mmh"] },
  { part: "held-out", person: true, says: ["Please ring me", "312 555 0177", "after five"] },
  {
    ...{ part: "held-out", person: true },
    says: [
      "We'd like to rent a two-bedroom flat",
      "Two bedrooms, from June, up to 2,000",
      "Peter Novak",
      "peter.novak@example.org",
    ],
  },
  fine("held-out", "Can I bring my cat?", /cats/iu),
  fine("held-out", "Do I have to buy my own oven?", /kitchens are fitted/iu),
  fine("held-out", "What's the minimum rental period?", /twelve months/u),
  fine("held-out", "Where can I leave my car?", /parking space/u),
  fine("held-out", "Is hot water part of the rent?", /water are included/u),
  fine("held-out", "How do I get to you by train?", /Clinton/u),
  fine("held-out", "What do I have to pay before I move in?", /deposit/u),
  fine("held-out", "When can I come and look at one?", /Tuesdays/u),
  fine("held-out", "Are you there on Saturdays?", /Monday to Friday/u),
  fine("held-out", "My grandmother uses a wheelchair, is there an elevator?", /lift/u),
  fine("held-out", "hey there"),
  fine("held-out", "ok great, thank you so much!"),
  fine("held-out", "I'm interested in a flat by the river"),
  fine("held-out", "I hate the winter here, is the heating included?", /heating/iu),
  fine("held-out", "Is there a fee for a second car?", /60 USD/u),
  fine("held-out", "Good evening, how long is the contract?", /twelve months/u),
  {
    ...{ part: "held-out", person: false, answered: /lift/u },
    says: ["I am looking for a flat", "Does the house have a lift?"],
  },
];

function wanted(part: Part): (said: string) => Talk {
  return (said) => ({ part, person: true, says: [said] });
}

function fine(part: Part, said: string, answered?: RegExp): Talk {
  return { part, person: false, says: [said], ...(answered && { answered }) };
}
