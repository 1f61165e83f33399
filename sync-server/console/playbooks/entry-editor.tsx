import { Copy, Trash2 } from "lucide-react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import type { Battlecard, ChecklistItem, PlaybookRules } from "../../../shared/entities/playbook.ts";
import { goTo, useAddress } from "../frame/address.ts";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { CardLines } from "./card-lines.tsx";
import { CardPreview } from "./card-preview.tsx";
import { copyEntry } from "./copy-entry.ts";
import { NewTrigger } from "./new-trigger.tsx";
import styles from "./playbooks.module.css";
import type { Chosen } from "./playbook-editor.tsx";
import { parseLength, sayLength } from "./say-times.ts";
import { TriggerEditor } from "./trigger-editor.tsx";
import { countPhrases } from "./trial-model.ts";
import type { EditDraft } from "./use-draft.ts";
import type { Trial } from "./use-trial.ts";

type EntryProps = { rules: PlaybookRules; chosen: NonNullable<Chosen>; trial: Trial; edit: EditDraft };

/** An item or a card: when it is shown, and what it says. */
export function EntryEditor(props: EntryProps) {
  const { rules, chosen, edit } = props;
  const item = chosen.list === "items" ? rules.items.find(({ key }) => key === chosen.key) : undefined;
  const card = chosen.list === "cards" ? rules.cards.find(({ key }) => key === chosen.key) : undefined;
  const entry = item ?? card;
  if (!entry) return null;
  return (
    <Sheet>
      <EntryHead rules={rules} chosen={chosen} name={card ? card.title : (item?.label ?? "")} edit={edit} />
      <Triggers {...props} entry={entry} title={card ? "Show it when" : "Tick it when"} />
      {card && <CardParts card={card} edit={edit} />}
      {item && <ItemParts item={item} edit={edit} />}
    </Sheet>
  );
}

function EntryHead({
  rules,
  chosen: { list, key },
  name,
  edit,
}: Pick<EntryProps, "rules" | "chosen" | "edit"> & { name: string }) {
  const [page = "", playbook = ""] = useAddress();
  const duplicate = () => {
    const copied = copyEntry(rules, { list, key });
    if (!copied) return;
    edit(copied.edit, `“${name}” is duplicated.`);
    goTo(page, playbook, list, copied.key);
  };
  const remove = () => {
    edit({ do: "remove", list, key }, `“${name}” is removed.`);
    goTo(page, playbook);
  };
  return (
    <div className={styles["entry-head"]}>
      <h2>{name}</h2>
      <IconButton icon={Copy} label={`Duplicate ${name}`} onClick={duplicate} />
      <IconButton icon={Trash2} label={`Remove ${name}`} onClick={remove} />
    </div>
  );
}

function Triggers({
  chosen: { list, key },
  trial,
  edit,
  entry,
  title,
}: EntryProps & { entry: ChecklistItem | Battlecard; title: string }) {
  const isLast = list === "cards" && entry.triggers.length === 1;
  return (
    <Section title={title} note={entry.triggers.length > 1 ? "Any of these." : undefined}>
      {entry.triggers.length === 0 && <EmptyState>Nothing ticks it: the agent does it by hand.</EmptyState>}
      {entry.triggers.map((trigger, at) => (
        <TriggerEditor
          // Triggers have no names: one is known by its place.
          // oxlint-disable-next-line react/no-array-index-key
          key={`${at} ${trigger.kind}`}
          place={{ list, key, at }}
          trigger={trigger}
          counts={countPhrases(trial.calls, { list, key }, at)}
          canRemove={!isLast}
          edit={edit}
        />
      ))}
      <NewTrigger
        onAdd={(added, said) => edit({ do: "add-trigger", list, key, trigger: added, at: null }, said)}
      />
    </Section>
  );
}

function CardParts({ card, edit }: { card: Battlecard; edit: EditDraft }) {
  const { key, title, everyMs, staysMs } = card;
  const length = {
    compact: true,
    show: sayLength,
    parse: parseLength,
    notUnderstood: "Try 20 s, 5 min or 1:30",
  };
  return (
    <>
      <Pair>
        <ParsedField<number>
          {...length}
          label="At most once every"
          value={everyMs}
          onChange={(next) => edit({ do: "change-card", key, change: { everyMs: next ?? 0 } }, `“${title}” rests ${sayLength(next ?? 0)}.`)} // prettier-ignore
        />
        <ParsedField<number>
          {...length}
          label="Stays for"
          value={staysMs}
          onChange={(next) => next !== null && edit({ do: "change-card", key, change: { staysMs: next } }, `“${title}” stays ${sayLength(next)}.`)} // prettier-ignore
        />
      </Pair>
      <Section title="The card says">
        <CardLines card={card} edit={edit} />
      </Section>
      <Section title="As the agent sees it">
        <CardPreview card={card} />
      </Section>
    </>
  );
}

function ItemParts({ item: { key, label, hint }, edit }: { item: ChecklistItem; edit: EditDraft }) {
  return (
    <Section title="The list says" note={`Called ${key} in scorecards and the API.`}>
      <SavedText
        label="Item"
        neverEmpty
        maxLength={60}
        value={label}
        onSave={(next) =>
          edit({ do: "change-item", key, change: { label: next } }, `“${label}” is called “${next}” now.`)
        }
      />
      <SavedText
        label="How to say it"
        hint="In the agent’s words, for whoever wants to know."
        maxLength={140}
        value={hint}
        onSave={(next) =>
          edit({ do: "change-item", key, change: { hint: next } }, `The hint of “${label}” is changed.`)
        }
      />
    </Section>
  );
}
