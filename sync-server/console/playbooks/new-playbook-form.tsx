import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { shippedId, shippedPlaybooks } from "../../../shared/coaching/shipped/shipped.ts";
import { Playbooks } from "../../admin/playbooks/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import type { Versions } from "./playbook-versions.ts";

/** @param like what to begin from, as the address says */
export function NewPlaybookForm({
  all,
  like: given,
}: {
  all: readonly Versions[];
  like: string | undefined;
}) {
  const send = useSend();
  const choices = [
    ...all.map((one) => ({ value: one.edited.id as string, label: one.label })),
    ...shippedPlaybooks.map(({ key, rules }) => ({
      value: shippedId(key),
      label: `${rules.label} (comes with Ringside)`,
    })),
  ];
  const [label, setLabel] = useState(() => labelLike(all, given));
  const [like, setLike] = useState<string | null>(given ?? null);
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const taken = [...all.map(({ key }) => key), "new"];
    const key = keyOf(label, "-", taken);
    const body = { key, label: label.trim(), like: like ?? "" };
    const answered = await send({ method: "POST", path: "/playbooks", body }, Playbooks);
    if (!answered.ok) return answered.error.message;
    goOn("playbooks", key);
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
          choices={choices}
          onChange={setLike}
        />
      </Form>
    </Sheet>
  );
}

/** A copy says so; what comes along keeps its name. */
function labelLike(all: readonly Versions[], like: string | undefined): string {
  const own = all.find(({ edited }) => edited.id === like);
  if (own) return `${own.label} (copy)`.slice(0, 60);
  return shippedPlaybooks.find(({ key }) => shippedId(key) === like)?.rules.label ?? "";
}
