import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Playbooks } from "../../admin/playbooks/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goTo } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import type { Versions } from "./playbook-versions.ts";

export function NewPlaybookForm({ all }: { all: readonly Versions[] }) {
  const send = useSend();
  const [label, setLabel] = useState("");
  const [like, setLike] = useState<string | null>(null);
  const form = useForm(async () => {
    const taken = [...all.map(({ key }) => key), "new"];
    const key = keyOf(label, "-", taken);
    const body = { key, label: label.trim(), like: like ?? "" };
    const answered = await send({ method: "POST", path: "/playbooks", body }, Playbooks);
    if (!answered.ok) return answered.error.message;
    goTo("playbooks", key);
    return null;
  });
  return (
    <Sheet title="New playbook">
      <Form form={form} action="Add the playbook" ready={label.trim() !== ""}>
        <TextInput
          label="Label"
          required
          hint="It begins as a draft; no agent sees it until you publish it."
          value={label}
          onChange={setLabel}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <Select
          label="Begin from"
          placeholder="Nothing"
          clearable
          value={like}
          choices={all.map((one) => ({ value: one.edited.id, label: one.label }))}
          onChange={setLike}
        />
      </Form>
    </Sheet>
  );
}
