/** A text before, at and after a phrase that is quoted of it; the phrase is empty where it is not in the text. */
export function splitAtPhrase(text: string, phrase: string): [before: string, match: string, after: string] {
  const at = phrase === "" ? -1 : text.toLocaleLowerCase().indexOf(phrase.toLocaleLowerCase());
  if (at < 0) return [text, "", ""];
  const end = at + phrase.length;
  return [text.slice(0, at), text.slice(at, end), text.slice(end)];
}
