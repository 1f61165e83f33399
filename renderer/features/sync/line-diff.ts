import { diffPatch } from "node-diff3";

export type DiffLine = { kind: "same" | "mine" | "theirs"; text: string };

/**
 * Two versions of a long text, line by line: what only one side has stands where it would stand.
 * @param mine shown first where both sides have lines of their own
 */
export function diffLines(mine: string, theirs: string): DiffLine[] {
  const [a, b] = [mine.split("\n"), theirs.split("\n")];
  const lines: DiffLine[] = [];
  let position = 0;
  for (const patch of diffPatch(a, b)) {
    const { offset, length } = patch.buffer1;
    lines.push(...a.slice(position, offset).map((text): DiffLine => ({ kind: "same", text })));
    lines.push(...patch.buffer1.chunk.map((text): DiffLine => ({ kind: "mine", text })));
    lines.push(...patch.buffer2.chunk.map((text): DiffLine => ({ kind: "theirs", text })));
    position = offset + length;
  }
  return [...lines, ...a.slice(position).map((text): DiffLine => ({ kind: "same", text }))];
}

/** "one line", "3 lines": how much the two versions differ, by the larger side. */
export function differenceInWords(lines: readonly DiffLine[]): string {
  const count = (kind: DiffLine["kind"]): number => lines.filter((line) => line.kind === kind).length;
  const most = Math.max(count("mine"), count("theirs"));
  return most === 1 ? "one line" : `${most} lines`;
}

export type DiffPart = DiffLine | { kind: "folded"; count: number };

/** Folds long stretches of unchanged lines, keeping `around` of them beside each difference. */
export function foldUnchanged(lines: readonly DiffLine[], around = 1): DiffPart[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some((line) => line.kind !== "same"),
  );
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const last = parts.at(-1);
    if (near[index]) parts.push(line);
    else if (last?.kind === "folded") last.count += 1;
    else parts.push({ kind: "folded", count: 1 });
  }
  return parts;
}
