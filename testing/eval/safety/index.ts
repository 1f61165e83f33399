import { findAddresses, type Span } from "../../../sync-server/ai/safety/addresses/find-addresses.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut } from "../held-out.ts";
import { addressTexts, type AddressText } from "./address-texts.ts";

/** Whether postal addresses are found before a text leaves for a model, and nothing else is taken for one. */
export const safety: Evaluation = {
  ids: ["eval.safety.addresses"],
  run: () => [
    compareHeldOut<AddressText>({
      ...{
        id: "eval.safety.addresses",
        feature: "safety, addresses",
        called: "sentences",
        items: addressTexts,
      },
      metric: "F1 of addresses",
      ours: (items) => rate(items, findAddresses).f1,
      baseline: {
        name: "a number and capitalised words that end in Street, Road or fourteen others, or a British or US postcode",
        of: (items) => rate(items, byPattern).f1,
      },
      note: tellBoth(addressTexts.filter(({ part }) => part === "held-out")),
    }),
  ],
};

type Find = (text: string) => readonly Span[];

/** What lists of personal data patterns have for addresses, as they are published. */
const usual =
  /\d{1,5}\s+[A-Z][a-zA-Z]+(?:\s+[A-Z][a-zA-Z]+)*\s+(?:St(?:reet)?|Ave(?:nue)?|Blvd|Boulevard|Dr(?:ive)?|Ln|Lane|Rd|Road|Ct|Court|Pl(?:ace)?|Way|Cir(?:cle)?|Ter(?:race)?|Pkwy)\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}\b/gu;

function byPattern(text: string): Span[] {
  return Array.from(text.matchAll(usual), ({ 0: { length }, index: from }) => ({ from, to: from + length }));
}

/** Letters and digits alone count: who hides the comma behind a street hides the same. */
type Marks = { text: string; must: readonly Span[]; may: readonly Span[] };

function marksOf({ marked }: AddressText): Marks {
  const found = { "«": [] as Span[], "‹": [] as Span[] };
  let text = "";
  for (const part of marked.split(/(?=[«‹])|(?<=[»›])/u)) {
    const bare = part.replaceAll(/[«»‹›]/gu, "");
    const kind = part[0];
    if (kind === "«" || kind === "‹") found[kind].push({ from: text.length, to: text.length + bare.length });
    text += bare;
  }
  return { text, must: found["«"], may: found["‹"] };
}

function placesOf(text: string, spans: readonly Span[]): Set<number> {
  return new Set(spans.flatMap(({ from, to }) => rangeOf(from, to).filter((at) => /[\p{L}\p{N}]/u.test(text[at] ?? "")))); // prettier-ignore
}

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/**
 * Recall: of what must not leave, what is hidden whole. Precision: of what is hidden, what lies in an address and has
 * nothing else in it.
 */
function rate(items: readonly AddressText[], find: Find) {
  let [wanted, whole, hidden, right] = [0, 0, 0, 0];
  for (const item of items) {
    const { text, must, may } = marksOf(item);
    const spans = find(text);
    const covered = placesOf(text, spans);
    const allowed = placesOf(text, [...must, ...may]);
    wanted += must.length;
    whole += must.filter((one) => placesOf(text, [one]).isSubsetOf(covered)).length;
    hidden += spans.length;
    right += spans.filter((one) => placesOf(text, [one]).isSubsetOf(allowed)).length;
  }
  const [precision, recall] = [hidden === 0 ? 1 : right / hidden, wanted === 0 ? 1 : whole / wanted];
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

function tellBoth(items: readonly AddressText[]): string {
  const tell = (find: Find) => {
    const { precision, recall } = rate(items, find);
    return `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
  };
  return `${tell(findAddresses)}; of the baseline ${tell(byPattern)}`;
}
