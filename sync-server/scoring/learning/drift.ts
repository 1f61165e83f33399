import { unstableFrom, worstCalibration } from "../../../shared/scoring/conversion/limits.ts";
import type { Facts, Feature } from "../../../shared/scoring/conversion/features.ts";
import { areaUnderCurve, calibrationError, stabilityIndex, type Expected } from "./figures.ts";
import type { Contact } from "./learner.ts";

/**
 * What has changed since before, in words for people; `stability` is the PSI of each feature, `calibration` the mean
 * distance between what was expected and what came, of the latest `contacts` and of those before them.
 */
export type DriftFound = {
  alerts: string[];
  stability: Record<string, number>;
  calibration: { before: number; now: number; contacts: number } | null;
};

/** Of which so many are compared with all before them. */
const recent = 500;
/** Fewer say nothing. */
const fewest = 200;
const worstRanking = 0.55;

/** Compares the latest contacts with those before: who they are, and how well they were predicted. */
export function findDrift(
  contacts: readonly Contact[],
  expected: readonly Expected[],
  features: readonly Feature[],
): DriftFound {
  if (contacts.length < 2 * fewest) return { alerts: [], stability: {}, calibration: null };
  const size = Math.min(recent, Math.floor(contacts.length / 2));
  const [before, now] = [contacts.slice(0, -size), contacts.slice(-size)];
  const stability = Object.fromEntries(
    features.map((feature) => [feature.name, round(stabilityIndex(bandsOf(before, feature), bandsOf(now, feature)))]), // prettier-ignore
  );
  const moved = features.filter(({ name }) => (stability[name] ?? 0) > unstableFrom);
  return {
    stability,
    calibration: compareCalibration(expected, size),
    alerts: [
      ...moved.map(({ label }) => `${label}: the latest ${size} contacts differ from those before.`),
      ...judge(expected.slice(-size)),
    ],
  };
}

function compareCalibration(expected: readonly Expected[], size: number): DriftFound["calibration"] {
  const [before, now] = [expected.slice(0, -size), expected.slice(-size)];
  if (before.length < fewest) return null;
  return {
    before: round(calibrationError(before) ?? 0),
    now: round(calibrationError(now) ?? 0),
    contacts: now.length,
  };
}

function judge(expected: readonly Expected[]): string[] {
  if (expected.length < fewest) return [];
  const [ece, auc] = [calibrationError(expected) ?? 0, areaUnderCurve(expected)];
  return [
    ...(ece > worstCalibration
      ? [`Probabilities are off by ${Math.round(ece * 100)} points on average.`]
      : []),
    ...(auc !== null && auc < worstRanking ? ["The model hardly tells who converts from who does not."] : []),
  ];
}

/** Amounts by doubling: what PSI asks for is a handful of bands. */
function bandsOf(contacts: readonly Contact[], feature: Feature): string[] {
  return contacts.map(({ facts }) => bandOf(facts, feature));
}

function bandOf(facts: Facts, { kind, name }: Feature): string {
  const given = facts[name] ?? null;
  if (given === null) return "not known";
  return kind === "choice" ? String(given) : String(Math.floor(Math.log2(1 + Math.max(0, Number(given)))));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
