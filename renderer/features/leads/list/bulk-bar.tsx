import { Download, Trash2 } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../../../ui/controls/button.tsx";
import { Picker } from "../../../ui/fields/picker.tsx";
import { countOf, formatCount } from "../../../ui/format/numbers.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { countSelected, emptySelection, everything, type Selection } from "../../../ui/table/selection.ts";
import { peopleChoices, teamChoices, useStageChoices } from "../../record-fields/index.ts";
import filterStyles from "../filters/filters.module.css";
import { setSelection, useSelection } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { BulkFieldButton } from "./bulk-field.tsx";
import { useAddToList } from "./use-add-to-list.ts";
import { useBulkEdits } from "./use-bulk-edits.ts";
import type { LeadRows } from "./use-lead-rows.ts";
import { useExport } from "./use-export.ts";
import styles from "./bulk.module.css";

/** In place of the filters while rows are ticked: what to do with all of them at once. */
export function BulkBar({ list, rows }: { list: LeadListModel; rows: LeadRows }) {
  const selection = useSelection(list.fitKey);
  const select = (next: Selection) => setSelection(list.fitKey, next);
  const total = rows.total ?? 0;
  const count = countSelected(selection, total);
  const bulk = useBulkEdits(list, count);
  const exportList = useExport(list);
  const clear = () => select(emptySelection);
  useShortcuts("panel", [
    { id: "clear-selection", keys: "escape", title: "Clear the selection", group: "This list", run: clear },
  ]);
  return (
    <div className={filterStyles["bar"]} role="toolbar" aria-label="Selected rows">
      <strong className={styles["count"]}>{formatCount(count)} selected</strong>
      {count < total && (
        <Button kind="link" size="small" onClick={() => select(everything)}>
          Select all {countOf(total, list.directory.term("lead"), list.directory.term("leads"))}
        </Button>
      )}
      <span className={styles["space"]} />
      <StageButton onPick={(stage) => void bulk.setField("stage", stage)} />
      <PickButton
        says="Owner"
        label="Give to"
        choices={[...peopleChoices(list.directory), { value: "", label: "Nobody" }]}
        onPick={(owner) => void bulk.setField("ownerId", owner === "" ? null : owner)}
      />
      {list.me.mayMove && (
        <PickButton
          says="Team"
          label="Move to team"
          choices={teamChoices(list.directory)}
          onPick={(team) => void bulk.setField("teamId", team)}
        />
      )}
      <TagsButton onAdd={(tag) => void bulk.addTag(tag)} />
      <CallListButton list={list} />
      <BulkFieldButton list={list} onSet={(path, value) => void bulk.setField(path, value)} />
      <Button size="small" icon={Download} onClick={() => void exportList()}>
        Export
      </Button>
      <Button size="small" icon={Trash2} onClick={() => void bulk.remove()}>
        Delete
      </Button>
      <Button size="small" kind="quiet" keys="escape" onClick={clear}>
        Clear
      </Button>
    </div>
  );
}

function StageButton({ onPick }: { onPick: (stage: string) => void }) {
  const choices = useStageChoices("leads");
  return <PickButton says="Stage" label="Move to stage" choices={choices} onPick={onPick} />;
}

function PickButton({
  says,
  ...picker
}: { says: string } & Pick<ComponentProps<typeof Picker>, "label" | "choices" | "onPick">) {
  return (
    <Picker
      {...picker}
      chosen={[]}
      target={({ opened, toggle }) => (
        <Button size="small" aria-expanded={opened} onClick={toggle}>
          {says}
        </Button>
      )}
    />
  );
}

function CallListButton({ list }: { list: LeadListModel }) {
  const { lists, add } = useAddToList(list);
  if (lists.length === 0) return null;
  return (
    <Picker
      label="Add to call list"
      choices={lists.map(({ key, label }) => ({ value: key, label }))}
      chosen={[]}
      onPick={(key) => void add(key)}
      target={({ opened, toggle }) => (
        <Button size="small" title="Add to call list" aria-expanded={opened} onClick={toggle}>
          Call list
        </Button>
      )}
    />
  );
}

function TagsButton({ onAdd }: { onAdd: (tag: string) => void }) {
  return (
    <Picker
      label="Add a tag"
      choices={[]}
      chosen={[]}
      onPick={onAdd}
      onCreate={onAdd}
      emptyText="Type a tag"
      target={({ opened, toggle }) => (
        <Button size="small" aria-expanded={opened} onClick={toggle}>
          Tag
        </Button>
      )}
    />
  );
}
