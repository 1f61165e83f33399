/** Up to two letters: of the first and the last word. Scripts without capitals keep their first letters. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return picked.map((word) => firstLetter(word ?? "").toLocaleUpperCase()).join("");
}

function firstLetter(word: string): string {
  return /\p{L}|\p{N}/u.exec(word)?.[0] ?? word.charAt(0);
}
