import { findForeignWords, leaveOutForeign } from "../safety/check-words.ts";
import type { Composed } from "./compose-question.ts";
import { storableText } from "./take-answer.ts";

/** Turns pieces of prose, broken anywhere, into text that can be shown: nothing hidden in it, nothing foreign. */
export type WordStream = {
  /** @returns what is complete by now; may be empty */
  push(piece: string): string;
  /** @returns what was held back */
  end(): string;
  /** Whether the output rules have objected to any of it so far. */
  flagged(): boolean;
};

/** What may go on in the next piece: a placeholder, a link, an address, a word; and a number, which may have spaces. */
const mayGoOn =
  /(?:\[\[?|https?:|ftp:|data:|javascript:|file:|www\.|@)[^\s]*$|[\x21-\x7e\p{Script=Latin}]+$/iu;
const numberMayGoOn = /[+＋(（]{0,2}\p{Nd}[\p{Nd}\p{Zs}()（）.‐‑‒–－/-]{0,60}$/u;
const longestHeld = 2_200;
const longestNumber = 64;
/** As long as the longest beginning of the above, so that no half of one is let go. */
const shortestHeld = 12;

export function showWords({ restore, given }: Composed): WordStream {
  let held = "";
  let flagged = false;
  const show = (text: string) => {
    const whole = restore(storableText(text));
    flagged ||= findForeignWords([whole], given) !== null;
    return leaveOutForeign(whole, given);
  };
  return {
    push(piece) {
      held += piece;
      const end = endOfComplete(held);
      const complete = held.slice(0, end);
      held = held.slice(end);
      return complete === "" ? "" : show(complete);
    },
    end() {
      const rest = held;
      held = "";
      return rest === "" ? "" : show(rest);
    },
    flagged: () => flagged,
  };
}

/** Whole words and numbers; where a script has no spaces, all but the last characters. */
function endOfComplete(text: string): number {
  const end = endOfWords(text);
  const number = text.slice(Math.max(0, end - longestNumber), end).search(numberMayGoOn);
  return number === -1 ? end : Math.max(0, end - longestNumber) + number;
}

function endOfWords(text: string): number {
  const lastSpace = text.search(/\s\S*$/u);
  const tail = text.slice(lastSpace + 1);
  if (tail.length <= shortestHeld) return lastSpace + 1;
  const goesOn = tail.search(mayGoOn);
  if (goesOn !== -1) return tail.length > longestHeld ? text.length : lastSpace + 1 + goesOn;
  const end = text.length - shortestHeld;
  const isHalfCharacter = text.codePointAt(end - 1) !== undefined && text.charCodeAt(end - 1) >= 0xd8_00 && text.charCodeAt(end - 1) < 0xdc_00; // prettier-ignore
  return isHalfCharacter ? end - 1 : end;
}
