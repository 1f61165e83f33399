import type { PlaybookRules } from "../../entities/playbook.ts";

type Card = PlaybookRules["cards"][number];

function objection(key: string, title: string, phrases: string[], notNear: string[] = []): Card {
  const trigger = { kind: "phrases" as const, side: "customer" as const, phrases, apart: 2, notNear };
  const triggers = [{ ...trigger, fromMs: null, untilMs: null }];
  return { key, title, lines: [title], triggers, everyMs: 20_000, staysMs: 20_000 };
}

/** What people hold against an offer on the telephone, whatever it is. English; a tenant's playbook knows more. */
export const objectionRules: PlaybookRules = {
  label: "Objections",
  appliesTo: { directions: [], queues: [], callLists: [], teamIds: [] },
  items: [],
  cards: [
    objection("price", "Price", [
      "too expensive", "too much money", "is too much", "costs too much", "can not afford", "out of our budget",
      "over our budget", "over my budget", "no budget", "find it cheaper", "is cheaper", "price is high", "too pricey",
    ]), // prettier-ignore
    objection("timing", "Timing", [
      "not a good time", "bad time for", "too busy", "call me later", "call me back later", "not right now", "maybe later",
      "maybe next year", "in a few months", "no time for this",
    ]), // prettier-ignore
    objection("need", "No need", [
      "not interested", "do not need", "no need for", "no use for", "we are fine as", "happy with what",
    ], ["anything else", "help"]), // prettier-ignore
    objection("other", "Has somebody else", [
      "already have", "already use", "already work with", "happy with our", "happy with my", "under contract with",
      "other provider", "with a competitor",
    ]), // prettier-ignore
    objection("authority", "Does not decide alone", [
      "not my decision", "have to ask my", "have to talk to my", "need to talk to my", "check with my", "ask my boss",
      "ask my husband", "ask my wife", "ask my partner", "board has to",
    ]), // prettier-ignore
    objection("trust", "Trust", [
      "is this a scam", "do not trust", "never heard of you", "where did you get my number",
      "how did you get my number", "stop calling me", "take me off",
    ]), // prettier-ignore
    objection("later", "Wants to think", [
      "think about it", "think it over", "sleep on it", "just send me", "send me some information",
      "send me an e-mail", "let me think",
    ]), // prettier-ignore
  ],
  alarms: { monologueMs: null, paceWpm: null, deadAirMs: null },
};
