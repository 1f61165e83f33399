import { useState } from "react";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { ModelRole } from "../../../shared/ai/vocabulary.ts";
import { AiModel, type AiAccount } from "../../admin/ai/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { NumberField } from "./number-field.tsx";
import type { Tier } from "./tier.ts";
import { readPrice, roles, sayPrice } from "./words.ts";

const money = {
  inputMode: "decimal",
  show: sayPrice,
  parse: readPrice,
  notUnderstood: "Not a number",
} as const;

/** What all models need; the rest has sensible values and is changed in its editor. */
export function NewModelForm({
  tier: { root, here },
  accounts,
}: {
  tier: Tier;
  accounts: readonly AiAccount[];
}) {
  const send = useSend();
  const [fields, setFields] = useState({
    ...{ label: "", wireName: "", role: "large" as ModelRole, accountId: accounts[0]?.id ?? "" },
    ...{ contextTokens: 128_000, maxOutputTokens: 8_000 },
    ...{ input: null as number | null, output: null as number | null, picture: null as number | null },
  });
  const draws = fields.role === "picture";
  const set = (next: Partial<typeof fields>) => setFields({ ...fields, ...next });
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const { input, output, picture, ...rest } = fields;
    if (!draws && (input === null) !== (output === null)) return "Say both prices, or neither.";
    const wireName = rest.wireName.trim();
    const body = {
      ...{ ...rest, wireName, label: rest.label.trim() || wireName },
      ...{ features: [], systemMessage: "", plan: null, industries: [], terms: "paid", endsAt: null },
      ...{ featured: false, tags: [], position: 0, enabled: true },
      price: draws ? priceOfPicture(picture) : input === null || output === null ? null : { input, output },
    };
    const answer = await send({ method: "POST", path: `${root}/models`, body }, AiModel);
    if (!answer.ok) return answer.error.message;
    goOn(here, "model", answer.value.id);
    return null;
  });
  return (
    <Sheet title="New model" about="It may answer as soon as it is added.">
      <Form
        form={form}
        action="Add the model"
        ready={fields.wireName.trim() !== "" && fields.accountId !== ""}
      >
        <Select
          label="Account"
          choices={accounts.map(({ id, label }) => ({ value: id, label }))}
          value={fields.accountId}
          onChange={(accountId) => set({ accountId: accountId ?? "" })}
        />
        <TextInput
          label="The provider's name of it"
          hint="Exactly as the provider writes it; with Azure the deployment's name"
          value={fields.wireName}
          onChange={(wireName) => set({ wireName })}
        />
        <TextInput
          label="Name"
          hint="People read it beside answers."
          placeholder={fields.wireName}
          value={fields.label}
          onChange={(label) => set({ label })}
        />
        <Select
          label="Role"
          choices={roles}
          value={fields.role}
          onChange={(role) => set({ role: ModelRole.parse(role ?? "large") })}
        />
        {draws ? (
          <ParsedField
            label="Price of a picture"
            hint="US dollars. Money limits need it."
            placeholder="$0.04"
            {...money}
            value={fields.picture}
            onChange={(picture) => set({ picture })}
          />
        ) : (
          <TokenFields fields={fields} onChange={set} />
        )}
      </Form>
    </Sheet>
  );
}

type Tokens = Record<"contextTokens" | "maxOutputTokens", number> & Record<"input" | "output", number | null>;

/** How long questions and answers may be, and what they cost. */
function TokenFields({ fields, onChange }: { fields: Tokens; onChange: (next: Partial<Tokens>) => void }) {
  return (
    <>
      <Pair>
        <NumberField
          label="Tokens it takes in at once"
          value={fields.contextTokens}
          onChange={(contextTokens) => onChange({ contextTokens })}
        />
        <NumberField
          label="Tokens of an answer at most"
          value={fields.maxOutputTokens}
          onChange={(maxOutputTokens) => onChange({ maxOutputTokens })}
        />
      </Pair>
      <Pair>
        <ParsedField
          label="Price of a million tokens in"
          hint="US dollars. Money limits need it."
          placeholder="$0.15"
          {...money}
          value={fields.input}
          onChange={(input) => onChange({ input })}
        />
        <ParsedField
          label="Price of a million tokens out"
          placeholder="$0.60"
          {...money}
          value={fields.output}
          onChange={(output) => onChange({ output })}
        />
      </Pair>
    </>
  );
}

/** No provider says how many tokens went into a picture. */
function priceOfPicture(picture: number | null) {
  return picture === null ? null : { input: 0, output: 0, picture };
}
