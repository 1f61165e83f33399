import { useState } from "react";
import { MultiSelect } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Team } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Detail } from "../parts/page.tsx";
import { choicesOf, type NamedPerson } from "./team-editor.tsx";

export function NewTeamForm({ people }: { people: readonly NamedPerson[] }) {
  const send = useSend();
  const [name, setName] = useState("");
  const [userIds, setUserIds] = useState<string[]>([]);
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const body = { name: name.trim(), userIds };
    const answer = await send({ method: "POST", path: "/teams", body }, Team, ["/teams", "/people"]);
    if (!answer.ok) return answer.error.message;
    goOn("teams", answer.value.id);
    return null;
  });
  return (
    <Detail title="New team" closeTo={["teams"]}>
      <Form form={form} action="Make the team" ready={name.trim() !== ""}>
        <TextInput
          label="Name"
          required
          value={name}
          onChange={setName}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <MultiSelect label="People" value={userIds} onChange={setUserIds} choices={choicesOf(people)} />
      </Form>
    </Detail>
  );
}
