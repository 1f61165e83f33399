export type Urgency = { level: "none" | "some" | "high"; /** The words that say so. */ because: string[] };

// A lexicon of ours, not a trained model: what people write when something cannot wait.
const high =
  /\b(?:urgent(?:ly)?|asap|immediately|right away|right now|at once|emergency|as soon as possible|by (?:noon|tonight|end of (?:the )?day)|today|still waiting|last chance|cannot wait|can't wait any longer)\b/giu;
const some =
  /\b(?:soon|quickly|tomorrow|this week|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|deadline|expires?|overdue|before (?:the )?(?:end|weekend)|hurry|in a rush|waiting for)\b/giu;
const calm = /\b(?:not (?:that )?urgent|no (?:rush|hurry)|whenever|take your time)\b/iu;

/** How soon an answer is asked for, and by which words. "No rush" outweighs them all. A lexicon. */
export function urgencyOf(text: string): Urgency {
  const quiet = calm.exec(text);
  if (quiet) return { level: "none", because: [quiet[0].toLowerCase()] };
  const [pressing, soon] = [found(text, high), found(text, some)];
  if (pressing.length > 0) return { level: "high", because: [...pressing, ...soon] };
  return { level: soon.length > 0 ? "some" : "none", because: soon };
}

function found(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([words]) => words.toLowerCase()))];
}
