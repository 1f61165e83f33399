/** Thanks that are more than the courtesy at the end of every call: for something, or with warmth. English. */
export function isThanks(text: string): boolean {
  return /\b(?:thank you so much|thanks (?:so much|a million)|really appreciate|i appreciate|(?:very|so|really|super) helpful|that(?:['’]s| is| was) (?:great|perfect|wonderful|fantastic|awesome|amazing)|you(?:['’]ve| have) been)\b/iu.test(text); // prettier-ignore
}
