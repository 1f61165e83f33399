import { useState } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { Popover } from "../../../ui/floating/popover.tsx";
import { emptyValue, FieldEditor } from "../../record-fields/index.ts";
import type { LeadField } from "../model/lead-fields.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import styles from "./bulk.module.css";

const offered = new Set(["company", "city", "source", "doNotCall"]);

/** Any field, the tenant's own too, set to one value for every selected row. */
export function BulkFieldButton({
  list,
  onSet,
}: {
  list: LeadListModel;
  onSet: (path: string, value: FieldValue) => void;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      target={
        <Button size="small" onClick={() => setOpened(!opened)}>
          Field
        </Button>
      }
    >
      <BulkFieldForm
        fields={list.fields.filter(({ path, custom }) => custom !== null || offered.has(path))}
        onSet={(path, value) => {
          setOpened(false);
          onSet(path, value);
        }}
      />
    </Popover>
  );
}

function BulkFieldForm({
  fields,
  onSet,
}: {
  fields: LeadField[];
  onSet: (path: string, value: FieldValue) => void;
}) {
  const [path, setPath] = useState<string | null>(fields.find(({ custom }) => custom)?.path ?? null);
  const field = fields.find((candidate) => candidate.path === path);
  const [value, setValue] = useState<FieldValue>(null);
  const choose = (next: string | null) => {
    setPath(next);
    setValue(null);
  };
  return (
    <div className={styles["form"]}>
      <Select
        label="Field"
        choices={fields.map(({ path: key, label }) => ({ value: key, label }))}
        value={path}
        onChange={choose}
      />
      {field && <FieldEditor key={field.path} field={field} value={value} onChange={setValue} />}
      <div className={styles["form-end"]}>
        <Button disabled={!field} onClick={() => field && onSet(field.path, value ?? emptyValue(field))}>
          Set for all selected
        </Button>
      </div>
    </div>
  );
}
