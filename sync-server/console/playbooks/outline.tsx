import { Plus } from "lucide-react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { formatDuration } from "../../../renderer/ui/format/times.ts";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { goTo } from "../frame/address.ts";
import { ReorderList } from "../parts/reorder-list.tsx";
import { ListRow, RowList } from "../parts/row-list.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import type { Chosen } from "./playbook-editor.tsx";
import styles from "./playbooks.module.css";
import type { HitCounts } from "./trial-model.ts";
import type { EditDraft } from "./use-draft.ts";

type OutlineProps = {
  rules: PlaybookRules;
  chosen: Chosen;
  /** The playbook's address. */
  here: readonly string[];
  counts: HitCounts;
  edit: EditDraft;
};

/** All that a playbook has, in the order in which agents see it. */
export function Outline(props: OutlineProps) {
  const { rules, chosen, here, counts, edit } = props;
  const addItem = () => {
    const key = keyOf("new item", "-", rules.items.map((one) => one.key)); // prettier-ignore
    edit(
      { do: "add-item", item: { key, label: "New item", hint: "", triggers: [] }, at: null },
      "An item is added.",
    );
    goTo(...here, "items", key);
  };
  const addCard = () => {
    const key = keyOf("new card", "-", rules.cards.map((one) => one.key)); // prettier-ignore
    edit({ do: "add-card", card: newCard(key), at: null }, "A card is added.");
    goTo(...here, "cards", key);
  };
  const items = rules.items.map(({ key, label }) => ({ key, name: label, note: counts.adherence(key) }));
  const cards = rules.cards.map(({ key, title }) => ({ key, name: title, note: counts.fired(key) }));
  return (
    <RowList>
      <Head title="Checklist" add="Add an item" onAdd={addItem} />
      {items.length === 0 && <p className={styles["none"]}>Nothing to tick yet.</p>}
      <Entries {...props} list="items" label="Checklist" entries={items} />
      <Head title="Battlecards" add="Add a card" onAdd={addCard} />
      {cards.length === 0 && <p className={styles["none"]}>No cards yet.</p>}
      <Entries {...props} list="cards" label="Battlecards" entries={cards} />
      <Head title="Alarms" />
      {alarmRows(rules).map(({ name, value }) => (
        <ListRow key={name} to={[...here, "about"]} isOpen={false} note={value}>
          {name}
        </ListRow>
      ))}
      <Head title="The playbook" />
      <ListRow to={[...here, "about"]} isOpen={chosen === null}>
        Calls, alarms, versions
      </ListRow>
    </RowList>
  );
}

function Head({ title, add, onAdd }: { title: string; add?: string; onAdd?: () => void }) {
  return (
    <div className={styles["head"]}>
      <h2>{title}</h2>
      {add && <IconButton size="small" icon={Plus} label={add} onClick={onAdd} />}
    </div>
  );
}

function Entries({
  list,
  label,
  entries,
  chosen,
  here,
  edit,
}: OutlineProps & {
  list: "items" | "cards";
  label: string;
  entries: readonly { key: string; name: string; note: string }[];
}) {
  return (
    <ReorderList
      label={label}
      items={entries}
      idOf={({ key }) => key}
      nameOf={({ name }) => name}
      onReorder={(keys) => edit({ do: "order", list, keys }, "The order is changed.")}
      render={({ key, name, note }) => (
        <ListRow to={[...here, list, key]} isOpen={chosen?.list === list && chosen.key === key} note={note}>
          {name}
        </ListRow>
      )}
    />
  );
}

function newCard(key: string): PlaybookRules["cards"][number] {
  const phrase = { kind: "phrases", side: "customer", phrases: ["say what you listen for"] } as const;
  const trigger = {
    ...phrase,
    phrases: [...phrase.phrases],
    apart: 2,
    notNear: [],
    fromMs: null,
    untilMs: null,
  };
  return {
    key,
    title: "New card",
    lines: ["What to say or ask"],
    triggers: [trigger],
    everyMs: 300_000,
    staysMs: 20_000,
  };
}

function alarmRows({ alarms: { monologueMs, paceWpm, deadAirMs } }: PlaybookRules) {
  const length = (ms: number | null) => (ms === null ? "Never" : formatDuration(ms / 1_000));
  return [
    { name: "Monologue over", value: length(monologueMs) },
    { name: "Pace over", value: paceWpm === null ? "Never" : `${paceWpm} wpm` },
    { name: "Quiet over", value: length(deadAirMs) },
  ];
}
