import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { twilioConfig, twilioSecrets, type Field } from "./provider-words.ts";
import { SecretText } from "../parts/secret-text.tsx";
import type { AccountPart } from "./use-account.ts";

export function TwilioFields({ account, deeds: { configure, keepSecrets } }: AccountPart) {
  const save = ({ key, label, optional }: Field, typed: string) =>
    void configure({ [key]: optional && typed === "" ? null : typed }, `${label} is changed.`);
  return (
    <>
      <Section title="Account">
        {twilioConfig.map((field) => (
          <SavedText
            key={field.key}
            label={field.label}
            {...(field.hint ? { hint: field.hint } : {})}
            {...(field.placeholder ? { placeholder: field.placeholder } : {})}
            neverEmpty={!field.optional}
            value={String(account.config[field.key] ?? "")}
            onSave={(typed) => save(field, typed)}
          />
        ))}
      </Section>
      <Section title="Secrets" note="Kept encrypted on the server and shown to nobody again, you included.">
        {twilioSecrets.map(({ key, label, hint }) => (
          <SecretText
            key={key}
            label={label}
            hint={hint}
            isKept={account.secrets?.includes(key) ?? false}
            onSave={(secret) => void keepSecrets({ [key]: secret }, `${label} is replaced.`)}
          />
        ))}
      </Section>
    </>
  );
}
