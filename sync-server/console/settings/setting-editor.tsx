import { useState, type ReactNode } from "react";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { useSend } from "../api/use-change.ts";
import { useEdited, type Some } from "../api/use-edited.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { LeaveSection } from "./leave-section.tsx";
import { keyOf } from "./setting-keys.ts";
import { pageOf, type KeyedSetting, type SettingKind } from "./use-setting.ts";

/** Saves some fields of a setting and says so. */
export type SaveSetting<Item> = (next: Some<Item>, said: string) => void;

/** One entry of a list of settings: its name, its key, a label to change, what else it has, and two ways out. */
export function SettingEditor<Item extends KeyedSetting>({
  of,
  item: saved,
  all,
  about,
  whenArchived,
  whoMisses = "",
  closeTo = pageOf(of),
  children,
}: {
  of: SettingKind;
  item: Item;
  all: readonly Item[];
  /** Said before its key: a sentence. */
  about?: string;
  /** What being archived means, as the rest of a sentence. */
  whenArchived: string;
  /** What archiving it takes from people elsewhere: a sentence. */
  whoMisses?: string;
  closeTo?: readonly string[];
  children: (item: Item, save: SaveSetting<Item>) => ReactNode;
}) {
  const { shown: item, save } = useEdited(`${of.path}/${saved.id}`, saved);
  const { key, label, archived } = item;
  const sentences = [about, `Called ${key} in files and the API.`, archived && `Archived: ${whenArchived}.`];
  return (
    <Sheet title={label} about={sentences.filter(Boolean).join(" ")}>
      <SavedText
        label="Label"
        neverEmpty
        value={label}
        onSave={(typed) => void save({ label: typed } as Some<Item>, `“${label}” is called “${typed}” now.`)}
      />
      {children(item, (next, said) => void save(next, said))}
      <LeaveSection of={of} item={item} all={all} closeTo={closeTo} whoMisses={whoMisses} />
    </Sheet>
  );
}

/** A new entry by its label; what else it needs are the children. @param body what is sent besides label and key */
export function NewSettingForm({
  of,
  existing,
  body,
  closeTo = pageOf(of),
  children,
}: {
  of: SettingKind;
  existing: readonly KeyedSetting[];
  body?: object;
  closeTo?: readonly string[];
  children?: ReactNode;
}) {
  const { path, noun, answer } = of;
  const send = useSend();
  const [label, setLabel] = useState("");
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const taken = existing.map((one) => one.key);
    const named = { key: keyOf(label, "-", taken), label: label.trim() };
    const answered = await send({ method: "POST", path, body: { ...body, ...named } }, answer);
    if (!answered.ok) return answered.error.message;
    goOn(...closeTo, named.key);
    return null;
  });
  return (
    <Sheet title={`New ${noun}`}>
      <Form form={form} action={`Add the ${noun}`} ready={label.trim() !== ""}>
        <TextInput
          label="Label"
          required
          hint="It comes last; move it in the list afterwards."
          value={label}
          onChange={setLabel}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        {children}
      </Form>
    </Sheet>
  );
}
