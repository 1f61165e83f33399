import { useState } from "react";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Radio } from "../../../renderer/ui/fields/tick.tsx";
import { PhoneAccount, Provider } from "../../admin/telephony/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { providerWords, twilioConfig, twilioSecrets, type Account, type Field } from "./provider-words.ts";
import styles from "./line.module.css";

const exchangeConfig: readonly Field[] = [
  {
    key: "server",
    label: "WebSocket address",
    placeholder: "wss://pbx.example.com:7443/ws",
    hint: "Where desks register.",
  },
  {
    key: "domain",
    label: "Domain",
    placeholder: "pbx.example.com",
    hint: "What follows the @ in people’s addresses.",
  },
];
/** Extensions, passwords and relays come afterwards, beside the people they belong to. */
const forms: Readonly<Record<Provider, { config: readonly Field[]; secrets: readonly Field[] }>> = {
  twilio: { config: twilioConfig, secrets: twilioSecrets },
  sip: { config: exchangeConfig, secrets: [] },
  simulator: { config: [], secrets: [] },
};

type Values = Record<string, string>;

export function NewAccountForm({ existing }: { existing: readonly Account[] }) {
  const send = useSend();
  const [provider, setProvider] = useState<Provider>("twilio");
  const [label, setLabel] = useState("");
  const [values, setValues] = useState<Values>({});
  const { config, secrets } = forms[provider];
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const body = { provider, label: label.trim() || providerWords[provider].name, ...sort(provider, values) };
    const answer = await send({ method: "POST", path: "/telephony/accounts", body }, PhoneAccount);
    if (!answer.ok) return answer.error.message;
    goOn("line", answer.value.id);
    return null;
  });
  const isReady = [...config, ...secrets].every(({ key, optional }) => optional || values[key]?.trim());
  const offered = Provider.options.filter(
    (one) => one !== "simulator" || !existing.some((account) => account.provider === one),
  );
  return (
    <Sheet title="New account">
      <fieldset className={styles["choice"]}>
        <legend>Carrier</legend>
        {offered.map((one) => (
          <Radio key={one} name="provider" checked={one === provider} onChange={() => setProvider(one)}>
            <span>
              {providerWords[one].name}
              <span className={styles["about"]}>{providerWords[one].about}</span>
            </span>
          </Radio>
        ))}
      </fieldset>
      <Form form={form} action="Add the account" ready={isReady}>
        <TextInput
          label="Name"
          hint="How you tell it from others."
          placeholder={providerWords[provider].name}
          value={label}
          onChange={setLabel}
        />
        {[...config, ...secrets].map((field) => (
          <TextInput
            key={field.key}
            label={field.label}
            {...(field.hint ? { hint: field.hint } : {})}
            {...(field.placeholder ? { placeholder: field.placeholder } : {})}
            required={!field.optional}
            {...(secrets.includes(field) ? { type: "password", autoComplete: "new-password" } : {})}
            value={values[field.key] ?? ""}
            onChange={(typed) => setValues((was) => ({ ...was, [field.key]: typed }))}
          />
        ))}
      </Form>
    </Sheet>
  );
}

/** What was typed as the API wants it: what may be seen again apart from what may not. */
function sort(provider: Provider, values: Values) {
  const { config, secrets } = forms[provider];
  const given = (fields: readonly Field[]) =>
    Object.fromEntries(
      fields.flatMap(({ key }) => {
        const typed = values[key]?.trim() ?? "";
        return typed === "" ? [] : [[key, typed]];
      }),
    );
  return { config: given(config), credentials: given(secrets) };
}
