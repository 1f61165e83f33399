/** The values of a file of lines of JSON; a line that is none, as one that broke off, is left out. */
export function readJsonLines(text: string): unknown[] {
  return text.split("\n").flatMap((line) => {
    try {
      return line.trim() === "" ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
