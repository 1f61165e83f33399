import type { Business, ImportMapping } from "../../../shared/entities/setting.ts";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import {
  guessMapping,
  guessNameTemplate,
  type Guess,
  type ImportTarget,
} from "../../../shared/import/guess-mapping.ts";
import { proveDateOrder } from "../../../shared/import/parse-day.ts";
import type { FileFacts, Shape } from "./file-source.ts";

/** Files whose headers agree this much are of one kind. */
const alike = 0.6;

/** The first answer to every question that an import asks; the person changes what is wrong. */
export function guessOptions(
  facts: FileFacts,
  shape: Shape,
  targets: readonly ImportTarget[],
  mappings: readonly ImportMapping[],
  { country }: Pick<Business, "country">,
): { options: ImportOptions; guesses: Map<string, Guess> } {
  const columns = facts.headers.map((header, at) => ({ header, values: columnOf(facts, at) }));
  const guesses = guessMapping(columns, targets, closestMapping(mappings, facts.headers));
  const fields = Object.fromEntries(Array.from(guesses, ([header, { field }]) => [header, field]));
  const dates = new Set(targets.filter(({ type }) => type === "date").map(({ path }) => path));
  const dateValues = columns.flatMap(({ header, values }) => (dates.has(fields[header] ?? "") ? values : []));
  const hasName = Object.values(fields).includes("name");
  const nameTemplate = hasName ? null : guessNameTemplate(facts.headers);
  const options: ImportOptions = {
    ...shape,
    fields,
    duplicates: "fill",
    answers: {},
    dateOrder: proveDateOrder(dateValues),
    country,
    templates: nameTemplate === null ? {} : { name: nameTemplate },
  };
  return { options, guesses };
}

/** The values of a column in the first rows. */
export function columnOf({ sample }: FileFacts, at: number): string[] {
  return sample.map(({ cells }) => cells[at] ?? "");
}

function closestMapping(
  mappings: readonly ImportMapping[],
  headers: readonly string[],
): Record<string, string | null> | null {
  const own = new Set(headers);
  const ranked = mappings
    .map((mapping) => {
      const shared = mapping.headers.filter((header) => own.has(header)).length;
      return { mapping, likeness: shared / Math.max(own.size, mapping.headers.length, 1) };
    })
    .sort((a, b) => b.likeness - a.likeness || b.mapping.updatedAt.localeCompare(a.mapping.updatedAt));
  const best = ranked[0];
  return best && best.likeness >= alike ? best.mapping.fields : null;
}
