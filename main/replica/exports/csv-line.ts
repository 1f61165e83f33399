/**
 * One line of CSV (RFC 4180): CRLF at the end, quotes where a cell needs them, quotes inside doubled.
 *
 * Formulas are made inert: a spreadsheet runs cells that begin with = + - @, a tab or a return, so such a cell gets
 * an apostrophe in front; one that already begins with apostrophes before such a character gets one more, and the
 * import takes exactly one away again. Plain numbers and phone numbers (`-36.4`, `+13125550171`) stay as they are:
 * there is nothing in them to run.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quote(inert(cell))).join(",")}\r\n`;
}

function inert(cell: string): string {
  if (/^[+-]?\d+(?:\.\d+)?$/u.test(cell)) return cell;
  return /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
