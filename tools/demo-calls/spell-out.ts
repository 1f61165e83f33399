/** espeak-ng's phonemes (Kirshenbaum) for what its English rules read wrongly. */
const phonemes: Readonly<Record<string, string>> = {
  "mm-hm": "m@h'm",
  hm: "h'm",
  hmm: "h'm:",
  joaquín: "hwA:k'i:n",
  herrera: "Er'eIr@",
  lucía: "lu:s'i:@",
  kowalski: "k@v'alski",
  alvarado: "alv@r'A:doU",
  a: "eI",
};

/** A written word as espeak-ng's SSML wants it; punctuation stays, since it carries the melody. */
export function spellOut(word: string): string {
  const [, bare = "", tail = ""] = /^(.*?)([.,!?:;—]*)$/u.exec(word) ?? [];
  // A dash read aloud would stop the sentence; a broken-off word just ends.
  const ending = tail.replace("—", ",");
  // Only the letter A of somebody who spells; the article is lower case.
  const known = bare === "a" ? undefined : phonemes[bare.toLowerCase()];
  return known ? `[[${known}]]${ending}` : escape(bare) + ending;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
