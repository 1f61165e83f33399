/** Providers answer 400 to NUL and to half a character, and nobody can read either. */
export function sendable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/**
 * Passes text on as it comes, but never half a character: a provider may cut a stream anywhere, and what cannot be
 * written as UTF-8 would reach people as a question mark.
 */
export function createTextFlow() {
  let whole = "";
  let held = "";
  return {
    /** @returns what can be shown now; may be empty */
    take(text: string): string {
      whole += text;
      const all = held + text;
      held = /[\uD800-\uDBFF]$/u.test(all) ? all.slice(-1) : "";
      return held === "" ? all : all.slice(0, -1);
    },
    whole: () => whole,
    /** What was held back and will not be completed any more. */
    rest: () => held,
  };
}
