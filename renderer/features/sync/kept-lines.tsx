import type { OpenKept } from "../../../shared/rpc/contract/sync.ts";
import { countOf } from "../../ui/format/numbers.ts";
import type { KeptSide } from "./kept-words.ts";
import { diffLines, foldUnchanged, type DiffPart } from "./line-diff.ts";
import styles from "./sync.module.css";

/** Two versions of a long text in one: what each has alone is marked with whose it is. */
export function KeptLines({ item, sides }: { item: OpenKept; sides: readonly [KeptSide, KeptSide] }) {
  const versions = sides.map((side) => String(side.use ? item.kept.value : item.stands));
  const parts = foldUnchanged(diffLines(versions[0] ?? "", versions[1] ?? ""));
  const names = { mine: whose(sides[0]), theirs: whose(sides[1]) };
  return (
    <ol className={styles["lines"]} aria-label="Both versions, line by line">
      {parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place alone
        <Line key={index} part={part} names={names} />
      ))}
    </ol>
  );
}

function Line({ part, names }: { part: DiffPart; names: { mine: string; theirs: string } }) {
  if (part.kind === "folded") {
    return <li className={styles["line-folded"]}>{countOf(part.count, "line")} the same</li>;
  }
  return (
    <li className={styles[`line-${part.kind}`]}>
      <span className={styles["line-who"]}>{part.kind === "same" ? "" : names[part.kind]}</span>
      <bdi className={styles["line-text"]}>{part.text === "" ? " " : part.text}</bdi>
    </li>
  );
}

/** "You", "Ben": the first word of who wrote it. */
function whose(side: KeptSide): string {
  return side.by.split(/[\s,]/u)[0] ?? "";
}
