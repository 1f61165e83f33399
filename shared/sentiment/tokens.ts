/** A word, mark or sign of a text in small letters; `denied`: a "not" stands before it. */
export type Token = { text: string; denied: boolean };

const tokens = /https?:\S+|@[\p{L}\p{N}_]+|[\p{L}\p{N}][\p{L}\p{M}\p{N}'-]*|[^\s\p{L}\p{N}]+/gu;
const negators = new Set(
  "not no never none nothing neither nor without hardly barely cannot cant wont dont didnt isnt wasnt doesnt".split(
    " ",
  ),
);
/** A "not" reaches so many words, or to the next stop. */
const negationReach = 4;

/** In order; addresses and names are all alike: `<address>`, `<name>`. */
export function tokensOf(text: string): Token[] {
  let deniedFor = 0;
  return plainTokensOf(text).map((token) => {
    if (/^[.,;:!?]/u.test(token)) deniedFor = 0;
    const denied = deniedFor > 0;
    deniedFor = isNegator(token) ? negationReach : Math.max(0, deniedFor - 1);
    return { text: token, denied };
  });
}

function plainTokensOf(text: string): string[] {
  const plain = text
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("’", "'");
  return Array.from(plain.toLowerCase().matchAll(tokens), ([token]) =>
    token.startsWith("http") ? "<address>" : token.startsWith("@") && token.length > 1 ? "<name>" : token,
  );
}

function isNegator(token: string): boolean {
  return negators.has(token) || token.endsWith("n't");
}
