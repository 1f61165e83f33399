// With the u flag a paired surrogate is one code point: what is left of \ud800-\udfff stands alone.
const unstorable = /[\0\ud800-\udfff]/u;
const allUnstorable = /[\0\ud800-\udfff]/gu;

/**
 * Text as PostgreSQL can hold it: without NUL, and with U+FFFD for each half of a broken surrogate pair.
 * Imports, forms and the server's answers pass through this at the edge, so that what a person sees and what
 * is stored are the same.
 */
export function cleanText(text: string): string {
  return text.replace(allUnstorable, (char) => (char === "\0" ? "" : "\ufffd"));
}

export function isCleanText(text: string): boolean {
  return !unstorable.test(text);
}

/** A copy of a JSON value whose texts and keys are clean; the value itself where nothing had to change. */
export function cleanJson<T>(value: T): T {
  return mayNeedCleaning(JSON.stringify(value)) ? (cleanDeep(value) as T) : value;
}

/** JSON.stringify writes NUL and lone surrogates as escapes; a backslash before them makes this say yes too often. */
function mayNeedCleaning(json: string | undefined): boolean {
  // Hardly any text has an escape at all, and looking for two characters is much faster than matching.
  return json !== undefined && json.includes("\\u") && /\\u(?:0000|d[89a-f])/u.test(json);
}

function cleanDeep(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanDeep(inner)]));
}
