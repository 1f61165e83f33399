// Pieces of patterns (flag `v`) that streets and postcodes are made of. Each is bounded: what is searched is other
// people's text, up to 400,000 characters of it.

/** Where a word or number may begin: not inside a larger one, an amount or a time. */
export const start = String.raw`(?<![\p{L}\p{N}_]|\p{N}[.,:\/\-]|[£$€#])`;
export const end = String.raw`(?![\p{L}\p{N}_])`;

/** 12, 12a, 12 b, 12-14, 12/3, 45 bis */
export const house = String.raw`\d{1,4}(?:\s?[\-\/]\s?\d{1,4})?(?:\s?[A-Za-z]${end}|\s(?:bis|ter|quater)${end})?`;

const units = anyCase(
  String.raw`minute[ns]?|minutos?|minuti|min\.?|uhr|stunden?|std\.?|tagen?|tage|wochen?|monaten?|monate|jahren?|jahre|horas?|heures?|ore|d[ií]as?|jours?|giorni|meses|mois|mesi|años?|ans|anni|km|kilometer|m|m²|qm|meter[ns]?|metros?|metres?|metri|eur|euros?|dollars?|usd|prozent|mal|times|personen|personas?|personnes?|persone|leute|zimmer|stück|plätzen?|plätze|räume`,
);
/** What is counted or measured is no house. */
export const notCounted = String.raw`(?!\s?(?:[€£\$%²]|(?:${units})${end}))`;

const flat = anyCase(
  String.raw`(?:flat|apartment|apt|unit|suite|ste|floor|room|wohnung|whg|appartement|appt|piso)(?:\.?\s?(?=\p{L}?\d)|\.?\s(?=\p{L}${end}))`,
);
const ofFlat = String.raw`${flat}[\p{L}\p{N}\-]{1,5}${end}`;
export const flatBefore = String.raw`(?:${ofFlat},?\s)?`;
export const flatBehind = String.raw`(?:,?\s(?:${ofFlat}|#\s?[\p{L}\p{N}]{1,5}${end})|,\s\d{1,2}[ºª°]\s?(?:[A-Za-z]${end})?)?`;

export const capitalised = String.raw`\p{Lu}[\p{L}\p{M}'’\-]{0,24}\.?`;

/**
 * The same pattern for capitals, too. Written out: with `(?i:…)` V8 13 misses what an optional group would match.
 * @param source without classes of letters that matter
 */
export function anyCase(source: string): string {
  return source.replaceAll(/\\p\{[^}]*\}|\\.|\[[^\]]*\]|\p{Ll}/gu, (part) => {
    const capital = part.toUpperCase();
    return part.length === 1 && capital.length === 1 ? `[${part}${capital}]` : part;
  });
}
