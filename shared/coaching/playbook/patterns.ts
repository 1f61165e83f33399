import { RE2JS } from "re2js";
import { err, ok, type Result } from "../../result/result.ts";

/** In characters. */
type Place = { from: number; to: number };

export type Pattern = {
  /** @param steps of the compiled expression, each for one character, after which the rest of the text is left out */
  find(text: string, steps: number): Place[];
};

/** What all expressions of a playbook may spend on one telling, together: half a second for whatever somebody wrote. */
export const mostSteps = 3_000_000;
/** Steps of the compiled expression: each character of a text may take as many. */
const largestProgram = 600;
/** Characters that one look goes through at most: longer than what one says in one go. */
const longestLook = 1_000;

/**
 * An expression in RE2's syntax, upper and lower case alike. To look through a text takes time in proportion to it,
 * whoever wrote the expression: RE2 has no look-behind and no back-references, which is what makes others hang. To find
 * every match would not: each look may go to the text's end for a match of one character. So a text is looked through
 * in stretches, which overlap by half, and steps are counted.
 *
 * Error: why it is refused, as a sentence for whoever typed it.
 */
export function compilePattern(source: string): Result<Pattern, string> {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  if (compiled.value.programSize() > largestProgram)
    return err("This expression is too large: repeat less, or make several of it.");
  if (compiled.value.test("")) return err("This expression also matches where nothing is said.");
  return ok({ find: (text, steps) => findIn(compiled.value, text, steps) });
}

function compile(source: string): Result<RE2JS, string> {
  try {
    return ok(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err(`This expression cannot be read: ${reason}.`);
  }
}

function findIn(expression: RE2JS, text: string, steps: number): Place[] {
  const size = expression.programSize();
  const length = Math.max(2, Math.min(longestLook, Math.floor(steps / size / 2)));
  const found: Place[] = [];
  let left = steps;
  for (let from = 0; from < text.length && left > 0; from += Math.floor(length / 2)) {
    const to = Math.min(from + length, text.length);
    for (const { place, looked } of placesIn(expression, text, { from, to })) {
      left -= size * looked;
      // What begins in the last match was found there, whole.
      if (place && place.from >= (found.at(-1)?.to ?? 0)) found.push(place);
      if (left <= 0) break;
    }
    if (to === text.length) break;
  }
  return found;
}

/** Each look's match and how many characters it may have looked at. What reaches the end is whole in the next stretch. */
function* placesIn(
  expression: RE2JS,
  text: string,
  { from, to }: Place,
): Generator<{ place: Place | null; looked: number }> {
  const matcher = expression.matcher(text.slice(0, to));
  for (let at = from; at < to;) {
    const looked = to - at;
    if (!matcher.find(at)) return yield { place: null, looked };
    const place = { from: matcher.start(), to: matcher.end() };
    const isCut = place.to === to && to < text.length;
    yield { place: isCut || place.to === place.from ? null : place, looked };
    at = Math.max(place.to, at + 1);
  }
}
