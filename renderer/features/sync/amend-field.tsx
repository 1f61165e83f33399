import { useEffect, useRef, useState, type RefObject } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { amendEdit, type RefusedEdit } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { customRecordField, FieldEditor } from "../record-fields/index.ts";
import { amendedValue } from "./sync-words.ts";
import styles from "./sync.module.css";

/** The field for which an edit was refused, given again where the refusal stands. Escape leaves it as it is. */
export function AmendField({
  edit,
  path,
  value,
  label,
  onDone,
}: {
  edit: RefusedEdit;
  path: string;
  value: FieldValue;
  label: string;
  onDone: () => void;
}) {
  const [given, setGiven] = useState(value);
  const [wrong, setWrong] = useState(false);
  const amend = useCommand(amendEdit);
  const { report } = useEdits();
  const form = useFieldAlone(onDone);
  const send = async () => {
    if (wrong) return;
    const sent = await amend({ editId: edit.editId, set: { [path]: given } });
    if (report(sent, `Sending ${label} of ${edit.title} again`).ok) onDone();
  };
  return (
    <form
      ref={form}
      className={styles["amend"]}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Control edit={edit} path={path} value={given} label={label} onChange={setGiven} onWrong={setWrong} />
      <Button type="submit" size="small" keys="enter" disabled={wrong}>
        Send
      </Button>
    </form>
  );
}

/** The control of the form has the focus first, and Escape in it leaves the form, not what the form stands in. */
function useFieldAlone(onLeave: () => void): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  const latest = useRef(onLeave);
  useEffect(() => {
    latest.current = onLeave;
  });
  useEffect(() => {
    const element = form.current;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      latest.current();
    };
    element?.querySelector<HTMLElement>("input, [role=combobox]")?.focus();
    element?.addEventListener("keydown", leave);
    return () => element?.removeEventListener("keydown", leave);
  }, []);
  return form;
}

/** One of the tenant's own fields is given as anywhere else; others are typed. */
function Control({
  edit,
  path,
  value,
  label,
  onChange,
  onWrong,
}: {
  edit: RefusedEdit;
  path: string;
  value: FieldValue;
  label: string;
  onChange: (value: FieldValue) => void;
  onWrong: (wrong: boolean) => void;
}) {
  const directory = useDirectory();
  const custom = directory.customField(edit.collection, path);
  const [before] = useState(value);
  const [text, setText] = useState(value === null ? "" : String(value));
  if (custom) {
    const field = customRecordField(custom);
    return <FieldEditor bare field={field} value={value} onChange={onChange} onWrong={onWrong} />;
  }
  return (
    <TextInput
      label={label}
      hideLabel
      compact
      value={text}
      onChange={(typed) => {
        setText(typed);
        onChange(amendedValue(typed, before));
      }}
    />
  );
}
