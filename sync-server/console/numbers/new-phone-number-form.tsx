import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { PhoneNumber } from "../../admin/telephony/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Detail } from "../parts/page.tsx";
import { ringsOf } from "./number-words.ts";
import type { Names } from "./use-names.ts";

export function NewPhoneNumberForm({ names, closeTo }: { names: Names; closeTo: readonly string[] }) {
  const send = useSend();
  const [number, setNumber] = useState("");
  const [label, setLabel] = useState("");
  const [rings, setRings] = useState("");
  const [alwaysOpen, setAlwaysOpen] = useState(false);
  const [account, setAccount] = useState<string | null>(null);
  const accountId = account ?? names.accounts?.find(({ isLine }) => isLine)?.id ?? null;
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const body = { number: number.trim(), label: label.trim(), accountId, alwaysOpen, ...ringsOf(rings) };
    const answer = await send({ method: "POST", path: "/telephony/numbers", body }, PhoneNumber);
    if (!answer.ok) return answer.error.message;
    goOn(...closeTo, answer.value.number);
    return null;
  });
  return (
    <Detail title="New number" closeTo={closeTo}>
      <Form form={form} action="Add the number" ready={number.trim() !== "" && accountId !== null}>
        <TextInput
          label="Number"
          required
          hint="One that the account has at its carrier. Without a country it is read as your business’s."
          value={number}
          onChange={setNumber}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <TextInput label="Name" hint="Such as Main number." value={label} onChange={setLabel} />
        <Select label="Rings" value={rings} choices={names.rings} onChange={(next) => setRings(next ?? "")} />
        <Checkbox checked={alwaysOpen} onChange={setAlwaysOpen}>
          Ring outside of business hours too
        </Checkbox>
        <Select label="Account" value={accountId} choices={names.accountChoices} onChange={setAccount} />
      </Form>
    </Detail>
  );
}
