import { hasPlaceholder } from "./hide-personal-data.ts";

// What an answer may not hold, whatever was asked for: a link or an address that was not in the question. A model that
// a customer's text talked into something could otherwise send an agent, or an agent's letter, elsewhere.

const reference =
  /(?:\b(?:https?|ftp|data|javascript|file):[^\s"'<>)\]]{1,2000}|\bwww\.[^\s"'<>)\]]{1,2000}|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24})/giu;

/**
 * @param given everything that the model was told, as text
 * @returns what is wrong, in words for the model; null = nothing
 */
export function findForeignWords(texts: readonly string[], given: string): string | null {
  for (const text of texts) {
    if (hasPlaceholder(text)) return "it has a placeholder that stands for nothing.";
    if (foreignIn(text, given).length > 0) return "it has a link or an address that is not in the data.";
  }
  return null;
}

/** The same for words that are shown as they come: what does not belong there is left out. */
export function leaveOutForeign(text: string, given: string): string {
  return foreignIn(text, given).reduce((kept, found) => kept.replaceAll(found, "[…]"), text);
}

function foreignIn(text: string, given: string): string[] {
  const references = [...text.matchAll(reference)].map(([found]) => found);
  // Of each piece of a stream: what was given is long, and most pieces have none.
  if (references.length === 0) return [];
  const lower = given.toLowerCase();
  return references.filter((found) => !lower.includes(bare(found)));
}

/** Without what ends a sentence. */
function bare(found: string): string {
  return found.toLowerCase().replace(/[.,;:!?]+$/u, "");
}
