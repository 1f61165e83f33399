import type { CallTouch, LeadHistory } from "../../shared/scoring/lead/history.ts";
import type { LeadLevel } from "../../shared/scoring/lead/levels.ts";
import { scoreLead } from "../../shared/scoring/lead/score-lead.ts";
import { areaUnderCurve } from "../../sync-server/scoring/learning/figures.ts";
import type { Contact } from "../../sync-server/scoring/learning/learner.ts";
import { readBankContacts } from "./bank-contacts.ts";
import { bootstrap, tellGain } from "./bootstrap.ts";
import type { Evaluated, Evaluation } from "./evaluation.ts";

const now = Date.parse("2026-11-22T00:00:00.000Z");
const dayMs = 86_400_000;
/** The file's word for "no day is known". */
const noDay = 999;
/** Where it is said that they were talked with before, and not when: longer ago than any day that is known. */
const longAgoDays = 60;
/** Of sixteen thousand contacts. */
const draws = 200;
/** As they are called worth a call, best first. */
const order: readonly LeadLevel[] = ["hot", "warm", "nurture", "cold", "inactive"];
const worthACall: ReadonlySet<LeadLevel> = new Set(["hot", "warm"]);
const data = "bank-marketing, later half, each contact as it was known before";

type Judged = { converted: boolean; level: LeadLevel; score: number; talked: number };

/**
 * Whether leads that the rules call warm buy more than the rest, and whether their points rank them: of each contact of
 * the bank what was known when it was made, and whether it bought. What counts as engagement was chosen on the earlier
 * half (docs/evaluation.md), so that it is the later one that says what it is worth.
 */
export const levels: Evaluation = {
  ids: ["eval.lead.levels", "eval.lead.points"],
  needs: "bank-marketing",
  run({ dataDir }) {
    const contacts = readBankContacts(dataDir);
    const judged = contacts.slice(Math.floor(contacts.length / 2)).map(judge);
    return [rateLevels(judged), ratePoints(judged)];
  },
};

function judge({ converted, facts }: Contact): Judged {
  const { score, level } = scoreLead(historyOf(facts), now);
  return { converted, level, score, talked: Number(facts["previous"]) };
}

function rateLevels(judged: readonly Judged[]): Evaluated {
  const liftOf = (isChosen: (one: Judged) => boolean) => (all: readonly Judged[]) =>
    rateOf(all.filter(isChosen)) / rateOf(all);
  const ours = liftOf(({ level }) => worthACall.has(level));
  const theirs = liftOf(({ talked }) => talked > 0);
  const [value, floor] = [ours(judged), theirs(judged)];
  const told = order.map((level) => {
    const those = judged.filter((one) => one.level === level);
    return `${level} ${those.length === 0 ? "none" : `${(rateOf(those) * 100).toFixed(1)} % of ${those.length}`}`;
  });
  return {
    ...{ id: "eval.lead.levels", feature: "lead score, levels", data },
    ...{ metric: "conversion of hot and warm ÷ of all", value, floor, ratio: value / floor },
    ...{ unit: "x", reach: `> ${floor.toFixed(3)}`, runs: 1 },
    note: `${told.join(", ")}; baseline: everybody who was talked with before; ${tellGain(bootstrap(judged, (drawn) => ours(drawn) - theirs(drawn), draws))}`,
  };
}

function ratePoints(judged: readonly Judged[]): Evaluated {
  const auc = (by: (one: Judged) => number) => (all: readonly Judged[]) =>
    areaUnderCurve(all.map((one) => ({ probability: by(one), converted: one.converted }))) ?? 0.5;
  const [ours, theirs] = [auc(({ score }) => score), auc(({ talked }) => talked)];
  const [value, floor] = [ours(judged), theirs(judged)];
  return {
    ...{ id: "eval.lead.points", feature: "lead score, points", data },
    ...{ metric: "AUC of the points, pooled", value, floor, ratio: value / floor },
    ...{ unit: "x", reach: `> ${floor.toFixed(3)}`, runs: 1 },
    note: `baseline: by how often they were talked with before; ${tellGain(bootstrap(judged, (drawn) => ours(drawn) - theirs(drawn), draws))}`,
  };
}

/**
 * What a desk would hold of somebody before this contact. Talks of earlier campaigns, the last one on its day; how long
 * they were is not known, whether they bought then is. Tries of this campaign before this one, a day apart, as nobody
 * who had been reached would be called again. Of the person, name and telephone.
 */
function historyOf(facts: Contact["facts"]): LeadHistory {
  const [earlier, thisTime] = [Number(facts["previous"]), Number(facts["campaign"])];
  const days = Number(facts["pdays"]);
  const lastDays = days === noDay ? longAgoDays : days;
  const came = { success: { mood: 0.5 }, failure: { mood: -0.5, disposition: "not-interested" } };
  const outcome = came[String(facts["poutcome"]) as keyof typeof came];
  const talks = Array.from({ length: earlier }, (_, at) => talk(lastDays + 7 * at, outcome));
  const tries = Array.from({ length: thisTime - 1 }, (_, at) => talk(1 + at, { answered: false }));
  return { lead, touches: [...talks, ...tries].toSorted((a, b) => a.at - b.at) };
}

const lead: LeadHistory["lead"] = {
  ...{ name: "A customer", company: "", phone: "+351210000000", email: "", city: "", source: "" },
  ...{
    createdAt: new Date(now - 365 * dayMs).toISOString(),
    doNotCall: false,
    lastContactAt: null,
    phoneSecond: "",
  },
};

function talk(daysAgo: number, own: Partial<CallTouch> = {}): CallTouch {
  const at = now - daysAgo * dayMs;
  return { kind: "call", at, inbound: false, answered: true, talkMs: 0, mood: null, disposition: "", ...own };
}

function rateOf(contacts: readonly Judged[]): number {
  return contacts.filter(({ converted }) => converted).length / contacts.length;
}
