const fence = /^\s*```/u;
/** An item of a list, a heading, a quotation or a table begins a line of its own. */
const beginsAnew = /^\s*(?:[-*+>|#]|\d+[.)])(?:\s|$)/u;

/**
 * Text whose lines were broken at a fixed width, one line a paragraph: it is wrapped where it is shown. Lists and what
 * stands between fences keep their lines. Pure.
 */
export function unwrap(text: string): string {
  const lines: string[] = [];
  let isFenced = false;
  let joins = false;
  for (const line of text.trimEnd().split("\n")) {
    const isFence = fence.test(line);
    const goesOn = joins && !isFence && !isFenced && line.trim() !== "" && !beginsAnew.test(line);
    if (goesOn) lines.push(`${lines.pop() ?? ""} ${line.trim()}`);
    else lines.push(line.trimEnd());
    if (isFence) isFenced = !isFenced;
    joins = !isFence && !isFenced && line.trim() !== "";
  }
  return lines.join("\n");
}
