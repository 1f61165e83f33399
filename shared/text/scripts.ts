// What ends a word, script by script. Texts of character classes for regular expressions with the flag `v`.

/** Scripts that put no spaces between words: what stands beside a name or a number there is no part of it. */
export const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30FC\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
/** Korean writes particles together with the word before them. */
export const joiningAfter = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}\p{Script=Hangul}]`;
/** Arabic and Hebrew write "and", "with" or "to" together with the word that follows. */
export const joiningBefore = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}\p{Script=Arabic}\p{Script=Hebrew}]`;
export const joiningNumber = String.raw`[\p{L}\p{M}\p{N}]--[${unspaced}]`;
