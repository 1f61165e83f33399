/**
 * Makes every end of a row a single line feed, and leaves line ends inside quotation marks as they are: files
 * mix both kinds, and a parser that looks for one of them joins the rows of the other.
 */
export type RowEnds = {
  normalise(piece: string): string;
  /** The quotation mark that was open turned out to be no quotation. */
  leaveQuotes(): void;
};

type Place = "field-start" | "plain" | "quoted" | "quote-in-quoted";

export function createRowEnds(delimiter: string): RowEnds {
  let place: Place = "field-start";
  let afterReturn = false;

  return {
    leaveQuotes() {
      place = "plain";
    },
    normalise(piece) {
      let out = "";
      let copied = 0;
      for (let at = 0; at < piece.length; at += 1) {
        const character = piece.charAt(at);
        const wasReturn = afterReturn;
        afterReturn = false;
        if (place === "quoted") {
          if (character === '"') place = "quote-in-quoted";
          continue;
        }
        if (character === '"' && place !== "plain") {
          place = "quoted";
          continue;
        }
        if (character === "\r" || character === "\n") {
          const isSecondHalf = character === "\n" && wasReturn;
          out += piece.slice(copied, at) + (isSecondHalf ? "" : "\n");
          copied = at + 1;
          afterReturn = character === "\r";
          place = "field-start";
          continue;
        }
        place = character === delimiter ? "field-start" : "plain";
      }
      return copied === 0 ? piece : out + piece.slice(copied);
    },
  };
}
