import { useState, type ReactNode } from "react";
import type { z } from "zod";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { useSend } from "../api/use-change.ts";
import { goTo } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { LeaveSection } from "./leave-section.tsx";
import { useSetting, type OrderedSetting } from "./use-setting.ts";
import styles from "./settings.module.css";

/** What every entry of a list of settings has: its name, its key, a label to change and two ways out. */
export function SettingEditor({
  path,
  noun,
  item,
  about,
  remake,
  ids,
  closeTo,
  children,
}: {
  path: string;
  noun: string;
  item: OrderedSetting;
  /** Under the heading: its key, and what being archived means. */
  about: string;
  /** The body that makes it again. */
  remake: object;
  ids: readonly string[];
  closeTo: readonly string[];
  children: ReactNode;
}) {
  const setting = useSetting(path);
  const { id, label } = item;
  return (
    <div className={styles["editor"]}>
      <h2>{label}</h2>
      <p className={styles["sub"]}>{about}</p>
      <SavedText
        label="Label"
        neverEmpty
        value={label}
        onSave={(typed) =>
          void setting.save(id, { label: typed }, { label }, `“${label}” is called “${typed}” now.`)
        }
      />
      {children}
      <LeaveSection path={path} item={item} noun={noun} remake={remake} ids={ids} closeTo={closeTo} />
    </div>
  );
}

/** A new entry by its label; what else it needs are the children. @param bodyOf what is sent, and the key it gets */
export function NewSettingForm({
  path,
  noun,
  answer,
  bodyOf,
  closeTo,
  children,
}: {
  path: string;
  noun: string;
  answer: z.ZodType;
  bodyOf: (label: string) => { key: string };
  closeTo: readonly string[];
  children: ReactNode;
}) {
  const send = useSend();
  const [label, setLabel] = useState("");
  const form = useForm(async () => {
    const body = bodyOf(label.trim());
    const answered = await send({ method: "POST", path, body }, answer);
    if (!answered.ok) return answered.error.message;
    goTo(...closeTo, body.key);
    return null;
  });
  return (
    <div className={styles["editor"]}>
      <h2>New {noun}</h2>
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
    </div>
  );
}
