import { ChevronDown, ChevronUp, GitMerge } from "lucide-react";
import { useId, useState } from "react";
import { settleKept } from "../../../shared/rpc/contract/records.ts";
import { session } from "../../../shared/rpc/contract/session.ts";
import type { OpenKept } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits, useLive } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { clockTime } from "../../ui/format/times.ts";
import { isLongConflict, keptWords, type KeptChoice, type KeptSide } from "./kept-words.ts";
import { KeptLines } from "./kept-lines.tsx";
import { diffLines, differenceInWords } from "./line-diff.ts";
import type { OpenRecord } from "./open-record.ts";
import { CardHead, SectionHead } from "./section-head.tsx";
import styles from "./sync.module.css";

type Listed = { now: Date; onOpenRecord: OpenRecord };

/** Fields that two people changed: both values stand until somebody chooses, one open at a time. */
export function KeptSection({
  items,
  count,
  ...listed
}: Listed & { items: readonly OpenKept[]; count: number }) {
  const [openId, setOpenId] = useState<string | null>(null);
  if (count === 0) return null;
  const open = items.find((item) => item.kept.id === openId) ?? items[0];
  return (
    <section className={styles["section"]}>
      <SectionHead icon={GitMerge} title="Changed by two people" count={count} />
      {items.map((item) =>
        item === open && openId !== "" ? (
          <KeptCard key={item.kept.id} item={item} {...listed} onFold={() => setOpenId("")} />
        ) : (
          <FoldedCard key={item.kept.id} item={item} {...listed} onOpen={() => setOpenId(item.kept.id)} />
        ),
      )}
    </section>
  );
}

function useChoice(item: OpenKept, now: Date): KeptChoice {
  const directory = useDirectory();
  const state = useLive(session, {}).value?.session;
  return keptWords(item, directory, state?.state === "signed-in" ? state.person.userId : "", now);
}

function FoldedCard({ item, now, onOpen }: Listed & { item: OpenKept; onOpen: () => void }) {
  const { field } = useChoice(item, now);
  return (
    <button
      type="button"
      className={classNames(styles["card"], styles["folded"])}
      aria-expanded={false}
      onClick={onOpen}
    >
      <CardHead
        title={item.title}
        field={`${field}${lengthOf(item)}`}
        at={clockTime(new Date(item.kept.at))}
      />
      <Icon of={ChevronDown} size={14} />
    </button>
  );
}

/** ", one line": how far two long texts are apart. */
function lengthOf(item: OpenKept): string {
  if (!isLongConflict(item)) return "";
  return `, ${differenceInWords(diffLines(String(item.kept.value), String(item.stands)))}`;
}

function KeptCard({ item, now, onOpenRecord, onFold }: Listed & { item: OpenKept; onFold: () => void }) {
  const { field, sides } = useChoice(item, now);
  const [chosen, setChosen] = useState(0);
  const side = sides[chosen] ?? sides[0];
  const settle = useSettle(item);
  return (
    <article className={classNames(styles["card"], styles["deciding"])}>
      <div className={styles["open-head"]}>
        <CardHead
          title={item.title}
          field={`${field}${lengthOf(item)}`}
          at={clockTime(new Date(item.kept.at))}
        />
        <button
          type="button"
          className={styles["fold"]}
          aria-expanded
          aria-label={`Fold ${item.title}`}
          onClick={onFold}
        >
          <Icon of={ChevronUp} size={14} />
        </button>
      </div>
      {isLongConflict(item) && <KeptLines item={item} sides={sides} />}
      <SideCards label={`${item.title}, ${field}`} sides={sides} chosen={chosen} onChoose={setChosen} />
      <div className={styles["decide"]}>
        <span className={styles["stays"]}>The other value stays in the history.</span>
        <Button kind="quiet" size="small" onClick={() => onOpenRecord(item)}>
          Edit
        </Button>
        <Button
          kind="primary"
          keys="enter"
          data-autofocus
          className={styles["use"]}
          onClick={() => settle(side)}
        >
          <span className="cut">{side.action}</span>
        </Button>
      </div>
    </article>
  );
}

function useSettle(item: OpenKept): (side: KeptSide) => void {
  const settle = useCommand(settleKept);
  const { report } = useEdits();
  return (side) =>
    void settle({
      collection: item.collection,
      id: item.id as Parameters<typeof settle>[0]["id"],
      keptId: item.kept.id,
      use: side.use,
    }).then((result) => report(result, `${side.value} stands for ${item.title}`));
}

function SideCards({
  label,
  sides,
  chosen,
  onChoose,
}: {
  label: string;
  sides: readonly KeptSide[];
  chosen: number;
  onChoose: (index: number) => void;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles["sides"]}>
      {sides.map((side, index) => (
        <label key={side.by} className={styles["side"]}>
          <input type="radio" name={name} checked={index === chosen} onChange={() => onChoose(index)} />
          <bdi className={styles["side-value"]}>{side.value}</bdi>
          <span className={styles["side-by"]}>{side.by}</span>
        </label>
      ))}
    </div>
  );
}
