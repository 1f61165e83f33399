import { useState } from "react";
import type { z } from "zod";
import { TextArea, TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { DoNotCallEntry, DoNotCallImported } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Detail, Section } from "../parts/page.tsx";
import styles from "./phone.module.css";

type Imported = z.output<typeof DoNotCallImported>;

/** One number, or a pasted list of them. */
export function NewNumberForm({ closeTo, mayImport }: { closeTo: readonly string[]; mayImport: boolean }) {
  return (
    <Detail title="Numbers not to call" closeTo={closeTo}>
      <OneNumber closeTo={closeTo} />
      {mayImport && <ManyNumbers />}
    </Detail>
  );
}

function OneNumber({ closeTo }: { closeTo: readonly string[] }) {
  const send = useSend();
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const body = { number: number.trim(), reason: reason.trim() };
    const answer = await send({ method: "POST", path: "/do-not-call", body }, DoNotCallEntry);
    if (!answer.ok) return answer.error.message;
    goOn(...closeTo);
    return null;
  });
  return (
    <Form form={form} action="Add the number" ready={number.trim() !== ""}>
      <TextInput
        label="Number"
        required
        hint="Numbers without a country are read as your business's."
        value={number}
        onChange={setNumber}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
        autoFocus
      />
      <TextInput label="Reason" value={reason} onChange={setReason} />
    </Form>
  );
}

function ManyNumbers() {
  const send = useSend();
  const [text, setText] = useState("");
  const [done, setDone] = useState<Imported | null>(null);
  const form = useForm(async () => {
    const body = { text, reason: "Imported" };
    const answer = await send({ method: "POST", path: "/do-not-call/import", body }, DoNotCallImported);
    if (!answer.ok) return answer.error.message;
    setDone(answer.value);
    // What could not be read stays, to be put right and sent again.
    setText(answer.value.refused.map((line) => line.text).join("\n"));
    return null;
  });
  return (
    <Section title="A list" note="One number a line; what follows a comma is its reason.">
      <Form form={form} action="Add the list" primary={false} ready={text.trim() !== ""}>
        <TextArea label="Numbers" hideLabel rows={8} value={text} onChange={setText} />
      </Form>
      {done && (
        <div role="status">
          <p>
            {done.added} added, {done.known} stood there before.
          </p>
          {done.refused.length > 0 && (
            <ul className={styles["refused"]} aria-label="Lines that were not read">
              {done.refused.map(({ line, text: typed, why }) => (
                <li key={line}>
                  Line {line}, “{typed}”: {why}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Section>
  );
}
