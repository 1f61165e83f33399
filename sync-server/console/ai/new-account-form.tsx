import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { AccountKind, AiAccount } from "../../admin/ai/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Sheet } from "../parts/sheet.tsx";
import type { Tier } from "./tier.ts";
import { kinds, kindWords, presets } from "./words.ts";

/** An account with a provider, and the key that lets us in. */
export function NewAccountForm({ tier: { root, here } }: { tier: Tier }) {
  const send = useSend();
  const [kind, setKind] = useState<AccountKind>("openai");
  const [fields, setFields] = useState({
    label: "",
    baseUrl: presets.openai.baseUrl,
    version: "",
    apiKey: "",
  });
  const set = (next: Partial<typeof fields>) => setFields({ ...fields, ...next });
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const { label, baseUrl, version, apiKey } = fields;
    const body = {
      ...{ kind, label: label.trim() || kindWords[kind], baseUrl: baseUrl.trim() },
      ...{ apiVersion: version.trim() || null, apiKey: apiKey.trim() || null },
    };
    const answer = await send({ method: "POST", path: `${root}/accounts`, body }, AiAccount);
    if (!answer.ok) return answer.error.message;
    goOn(here, "account", answer.value.id);
    return null;
  });
  return (
    <Sheet
      title="New account with a provider"
      about="What people say and write goes there once a model of this account answers; names, numbers and e-mail addresses are replaced wherever a feature can do without them."
    >
      <Form form={form} action="Add the account" ready={URL.canParse(fields.baseUrl.trim())}>
        <Select
          label="Provider"
          choices={kinds}
          value={kind}
          onChange={(chosen) => {
            const next = AccountKind.parse(chosen ?? "openai");
            setKind(next);
            set({ baseUrl: presets[next].baseUrl, version: presets[next].apiVersion ?? "" });
          }}
        />
        <TextInput
          label="Name"
          placeholder={kindWords[kind]}
          value={fields.label}
          onChange={(label) => set({ label })}
        />
        <TextInput
          label="Address"
          hint={presets[kind].hint}
          inputMode="url"
          value={fields.baseUrl}
          onChange={(baseUrl) => set({ baseUrl })}
        />
        {kind === "azure" && (
          <TextInput label="API version" value={fields.version} onChange={(version) => set({ version })} />
        )}
        <TextInput
          label="Key"
          hint="Kept encrypted, and shown to nobody again, you included. Empty where none is needed."
          type="password"
          autoComplete="new-password"
          value={fields.apiKey}
          onChange={(apiKey) => set({ apiKey })}
        />
      </Form>
    </Sheet>
  );
}
