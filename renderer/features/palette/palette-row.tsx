import { useEffect, useRef } from "react";
import { useDirectory } from "../../client/index.ts";
import { Kbd } from "../../ui/display/kbd.tsx";
import { ScoreDot, scoreLevel } from "../../ui/display/score-dot.tsx";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import { formatPhone } from "../../ui/format/phones.ts";
import { markedParts } from "./palette-model.ts";
import styles from "./palette.module.css";
import type { FoundLead, PaletteItem } from "./use-palette-sections.tsx";

interface PaletteRowProps {
  id: string;
  item: PaletteItem;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

export function PaletteRow({ id, item, selected, onPoint, onChoose }: PaletteRowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the focus and reads the keys.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={styles["row"]}
      // A row that comes below a pointer at rest is told of a move by nothing.
      onMouseMove={({ movementX, movementY }) => {
        if (!selected && (movementX !== 0 || movementY !== 0)) onPoint();
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={styles["mark"]}>{item.mark}</span>
      {item.found ? <FoundLeadText lead={item.found} /> : <CommandText item={item} />}
      <span className={styles["keys"]}>
        {item.found ? selected && <Kbd keys="enter" /> : item.keys && <Kbd keys={item.keys} />}
      </span>
    </div>
  );
}

function CommandText({ item }: { item: PaletteItem }) {
  return (
    <span className={`${styles["text"] ?? ""} cut`}>
      <bdi>{item.label}</bdi>
      {item.note && <span className={styles["note"]}>{item.note}</span>}
    </span>
  );
}

/** The name, and whatever else answered to what was typed. */
function FoundLeadText({ lead }: { lead: FoundLead }) {
  const directory = useDirectory();
  const step = stageSteps(directory.stages("leads")).get(lead.stage);
  return (
    <>
      <span className={`${styles["text"] ?? ""} cut`}>
        <Marked className={styles["name"]} text={lead.name} spans={lead.matches.name} />
        {lead.matches.phone.length > 0 ? (
          <span className={styles["note"]}>{formatPhone(lead.phone)}</span>
        ) : (
          <Marked
            className={styles["note"]}
            text={lead.excerpt ?? lead.company}
            spans={lead.excerpt ? [] : lead.matches.company}
          />
        )}
      </span>
      <span className={styles["stage"]}>
        {step && <StageRing {...step} />}
        <span className="cut">{directory.stageLabel("leads", lead.stage)}</span>
      </span>
      <span
        className={styles[lead.score !== null && scoreLevel(lead.score) === "high" ? "score-high" : "score"]}
      >
        {lead.score !== null && (
          <>
            <ScoreDot score={lead.score} /> {lead.score}
          </>
        )}
      </span>
    </>
  );
}

function Marked({
  text,
  spans,
  className,
}: {
  text: string;
  spans: readonly (readonly [number, number])[];
  className: string | undefined;
}) {
  return (
    <bdi className={className}>
      {markedParts(text, spans).map((part, index) =>
        part.marked ? <mark key={index}>{part.text}</mark> : part.text,
      )}
    </bdi>
  );
}
