import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from "react";
import { find } from "../../../shared/rpc/contract/leads.ts";
import { skip, useDirectory, useLive } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { Kbd, KeyHint } from "../../ui/display/kbd.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useActiveShortcuts } from "../../ui/keys/shortcuts.tsx";
import { useKeptRow } from "../../ui/table/use-kept-row.ts";
import { closePalette, useDesk, type CurrentLead } from "../shell/index.ts";
import { readTyped, stepWithin } from "./palette-model.ts";
import { PaletteRow } from "./palette-row.tsx";
import styles from "./palette.module.css";
import { usePaletteSections, type PaletteItem } from "./use-palette-sections.tsx";

const listId = "palette-list";

export function PaletteBody() {
  const [typed, setTyped] = useState(() => useDesk.getState().paletteText);
  const field = useRef<HTMLInputElement>(null);
  const entered = useRef<{ id: string | null } | null>(null);
  // Read before the palette's own barrier stands: these are the keys of the screen below.
  const shortcuts = useActiveShortcuts();
  const current = useDesk((desk) => desk.currentLead);
  const [subject, setSubject] = useState<CurrentLead | null>(current);
  const [askingStage, setAskingStage] = useState(() => useDesk.getState().paletteAsks === "stage");
  const { text, commandsOnly } = readTyped(typed);
  const found = useLive(find, text === "" || commandsOnly || askingStage ? skip : { text, limit: 5 });
  const type = (next: string) => {
    setTyped(next);
    point(null);
    entered.current = null;
  };
  const sections = usePaletteSections({
    typed: { text, commandsOnly },
    found: text === "" ? undefined : found.value,
    subject,
    askingStage,
    shortcuts,
  });
  const items = sections.flatMap((section) => section.items);
  const [at, point, isPointed] = useKeptRow(items.map(({ id }) => id));

  const choose = (item: PaletteItem) => {
    if (item.asksStage) {
      setAskingStage(true);
      type("");
      return;
    }
    // While it fades its field would still take keys as typed: Ctrl+Z is meant for what was chosen.
    field.current?.blur();
    closePalette();
    item.run();
  };
  const onAnswer = useEffectEvent(() => {
    // Whoever was pointed at, or whom the whole text finds first.
    const id = entered.current?.id ?? items[0]?.id;
    const item = entered.current && items.find((one) => one.id === id);
    entered.current = null;
    if (item) choose(item);
  });
  useEffect(() => {
    if (!found.pending) onAnswer();
  }, [found.pending]);
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[at];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) point(items[stepWithin(at, step, items.length)]?.id ?? null);
    // Faster than the answer: what is shown was found for fewer letters.
    else if (event.key === "Enter" && found.pending && !item?.isUrgent)
      entered.current = { id: isPointed && item ? item.id : null };
    else if (event.key === "Enter" && item) choose(item);
    else if (event.key === "Tab" && item?.lead) {
      setSubject(item.lead);
      type("");
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles["head"]}>
        <Icon of={Search} size={18} />
        <input
          ref={field}
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={items[at] ? `palette-${at}` : undefined}
          aria-label="Find or do anything"
          className={styles["input"]}
          placeholder={askingStage ? "Move to which stage?" : "Find a person, or type > for commands"}
          value={typed}
          spellCheck={false}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text !== "" && !commandsOnly && found.value && <Took found={found.value} />}
        <KeyHint keys="escape" />
      </div>
      <div className={styles["list"]} id={listId} role="listbox" aria-label="What fits">
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title}>
            <div className={styles["title"]} aria-hidden>
              {section.title}
            </div>
            {section.items.map((item) => {
              const place = items.indexOf(item);
              return (
                <PaletteRow
                  key={item.id}
                  id={`palette-${place}`}
                  item={item}
                  selected={place === at}
                  onPoint={() => point(item.id)}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </div>
        ))}
        {items.length === 0 && <p className={styles["nothing"]}>Nothing fits. Fewer letters find more.</p>}
      </div>
      <Foot />
    </>
  );
}

function Took({ found }: { found: { leadTotal: number; tookMs: number } }) {
  const { term } = useDirectory();
  const tookMs = Math.max(1, Math.round(found.tookMs));
  return (
    <span className={styles["took"]} role="status">
      {countOf(found.leadTotal, term("lead"), term("leads"))} in {tookMs} ms, on this device
    </span>
  );
}

function Foot() {
  const { term } = useDirectory();
  return (
    <div className={styles["foot"]}>
      <Kbd keys="arrowup arrowdown" /> Move
      <Kbd keys="enter" /> Open
      <Kbd keys="tab" /> Actions for this {term("lead")}
      <span className={styles["space"]} />
      <Kbd keys=">" /> Commands only
    </div>
  );
}
