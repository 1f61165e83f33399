/** Room for words of one size, in the same unit; what does not fit into `most` lines ends with "…". */
export type Room = { column: number; size: number; most: number };

/** Of Latin letters on average; others are as wide as high. */
const widthOf = (character: string) => (/[\u1100-\u11ff\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]|\p{Extended_Pictographic}/u.test(character) ? 1 : 0.56); // prettier-ignore

/** Between words; a space that does not break belongs to its word. */
const between = /[^\S\u00a0]+/u;

/** Breaks a text between words, and inside of one that no line holds. An estimate: nobody measures type here. */
export function wrapLines(text: string, { column, size, most }: Room): string[] {
  const room = column / size;
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .trim()
    .split(between)
    .flatMap((one) => piecesOf(one, room))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (lengthOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cut(lines[most - 1] ?? "", room)];
}

function piecesOf(word: string, room: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && lengthOf(piece + character) > room) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return piece === "" ? pieces : [...pieces, piece];
}

function cut(line: string, room: number): string {
  const characters = [...line];
  while (characters.length > 1 && lengthOf(`${characters.join("")}…`) > room) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

function lengthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}
