import { seededRandom } from "../../shared/result/seeded-random.ts";
import { logLoss } from "../../sync-server/scoring/learning/figures.ts";
import { usualSettings, type Contact, type Settings } from "../../sync-server/scoring/learning/learner.ts";
import { walkForward } from "../../sync-server/scoring/learning/train.ts";
import { bankFeatures, bankPrior, readBankContacts } from "./bank-contacts.ts";

export type Candidate = { name: string; settings: Settings; calm: number; drifting: number };

const seeds = [1, 2, 3];
/** Learned from before anything is predicted. */
const known = 0.3;

const candidates: readonly (readonly [string, Partial<Settings>])[] = [
  ["as it is", {}],
  ["one calm pace", { baseDrifts: [1e-4], weightDrifts: [1e-6] }],
  ["one quick pace", { baseDrifts: [1e-2], weightDrifts: [1e-4] }],
  ["switching 1/5000", { switching: 1 / 5_000 }],
  ["switching 1/300", { switching: 1 / 300 }],
  ["variance 0.03", { weightVariance: 0.03 }],
  ["variance 0.3", { weightVariance: 0.3 }],
  ["ceiling 0.3", { ceiling: 0.3 }],
  ["ceiling 1", { ceiling: 1 }],
];

/**
 * Log-loss of settings on the EARLIER half of the bank's contacts: as it was, and as it might have been had rates and
 * tastes drifted. Nothing of the later half is read.
 */
export function* chooseSettings(dataDir: string): Generator<Candidate> {
  const all = readBankContacts(dataDir);
  const earlier = all.slice(0, Math.floor(all.length / 2));
  const drifted = seeds.map((seed) => makeDrift(earlier, seed));
  for (const [name, change] of candidates) {
    const settings = { ...usualSettings, ...change };
    const losses = drifted.map((contacts) => lossOf(contacts, settings));
    const drifting = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    yield { name, settings, calm: lossOf(earlier, settings), drifting };
  }
}

function lossOf(contacts: readonly Contact[], settings: Settings): number {
  const from = Math.floor(contacts.length * known);
  const training = {
    ...{ contacts, settings, prior: bankPrior, version: 1, trainedAt: "" },
    features: bankFeatures(contacts.slice(0, from)),
  };
  return logLoss(walkForward(training, from, 330).expected);
}

/**
 * The same contacts with drift put in: stretches of 500 to 3,000, each with a rate of 3 to 30 % and with tastes of its
 * own, by drawing who bought anew among those of the stretch.
 */
function makeDrift(contacts: readonly Contact[], seed: number): Contact[] {
  const random = seededRandom(seed);
  const drifted: Contact[] = [];
  for (let start = 0; start < contacts.length;) {
    const length = Math.round(500 + random() * 2_500);
    drifted.push(...redraw(contacts.slice(start, start + length), random));
    start += length;
  }
  return drifted;
}

function redraw(stretch: readonly Contact[], random: () => number): Contact[] {
  const rate = 0.03 * Math.exp(random() * Math.log(10));
  const buyers = stretch.filter(({ converted }) => converted);
  const others = stretch.filter(({ converted }) => !converted);
  const odds = oddsOf(buyers, random);
  return stretch.map(() => (random() < rate ? draw(buyers, odds, random) : draw(others, null, random)));
}

function oddsOf(buyers: readonly Contact[], random: () => number): number[] {
  const tastes = new Map<string, number>();
  return buyers.map(({ facts }) => {
    let taste = 0;
    for (const name of ["job", "education", "contact", "day_of_week", "marital"]) {
      const key = `${name}=${String(facts[name])}`;
      if (!tastes.has(key)) tastes.set(key, random() + random() + random() - 1.5);
      taste += tastes.get(key) ?? 0;
    }
    return Math.exp(taste);
  });
}

/** One of them, as likely as its weight says; all alike where there are no weights. */
function draw(among: readonly Contact[], weights: readonly number[] | null, random: () => number): Contact {
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? among.length;
  let left = random() * total;
  const index = weights === null ? Math.floor(left) : weights.findIndex((weight) => (left -= weight) < 0);
  const drawn = among[Math.max(0, index)];
  if (drawn === undefined) throw new Error("a stretch without buyers, or of nobody else");
  return drawn;
}
