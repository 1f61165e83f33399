import { RE2JS } from "re2js";
import { err, ok, type Result } from "../../result/result.ts";

/** Where a text matches, in characters. */
export type Pattern = { find(text: string): { from: number; to: number }[] };

/** Steps of the compiled expression: a text takes at most so many for each of its characters. */
const largestProgram = 600;

/**
 * An expression in RE2's syntax, upper and lower case alike. It takes time in proportion to the text, whoever wrote
 * it: RE2 has no look-behind and no back-references, which is what makes others hang.
 *
 * Error: why it is refused, as a sentence for whoever typed it.
 */
export function compilePattern(source: string): Result<Pattern, string> {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  if (compiled.value.programSize() > largestProgram)
    return err("This expression is too large: repeat less, or make several of it.");
  if (compiled.value.test("")) return err("This expression also matches where nothing is said.");
  return ok({ find: (text) => matchesIn(compiled.value, text) });
}

function compile(source: string): Result<RE2JS, string> {
  try {
    return ok(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err(`This expression cannot be read: ${reason}.`);
  }
}

function matchesIn(expression: RE2JS, text: string): { from: number; to: number }[] {
  if (!expression.test(text)) return [];
  return Array.from(expression.matchAll(text), ({ index = 0, 0: match }) => {
    return { from: index, to: index + match.length };
  }).filter(({ from, to }) => to > from);
}
