/**
 * How an answer says what is to come of it besides its words: one of a closed list at its very end, as `[[unsure]]`.
 * Nothing else can be made to happen by words, whoever talked the model into them.
 */
export const marks = [
  "person",
  "unsure",
  "outside",
  "unclear",
  "interested",
  "call-back",
  "support",
] as const;
export type Mark = (typeof marks)[number];

export function joinMark(text: string, mark: Mark | null): string {
  return mark === null ? text : `${text}\n[[${mark}]]`;
}

/** What is said, and what is to come of it. A mark that is not on the list, or not at the end, is none. */
export function splitMark(answer: string): { text: string; mark: Mark | null } {
  const found = /\[\[([a-z-]{1,20})\]\]\s*$/u.exec(answer);
  const mark = marks.find((one) => one === found?.[1]) ?? null;
  return { text: withoutMarks(answer), mark };
}

/** What may be shown of an answer that is still coming: a mark that may be half there is not. */
export function shownSoFar(coming: string): string {
  const open = coming.lastIndexOf("[");
  const at = coming[open - 1] === "[" ? open - 1 : open;
  const isMark = open !== -1 && /^\[\[?[a-z-]{0,20}\]{0,2}\s*$/u.test(coming.slice(at));
  return (isMark ? coming.slice(0, at) : coming).trimEnd();
}

function withoutMarks(answer: string): string {
  return shownSoFar(answer).trim();
}
