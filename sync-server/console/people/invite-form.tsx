import { useState } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { MultiSelect, Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { GrantedRole, Invited } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { Form, useForm } from "../parts/form.tsx";
import { LinkBox } from "../parts/link-box.tsx";
import { Detail } from "../parts/page.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import type { NamedTeam } from "./people-model.ts";

type Done = z.output<typeof Invited> & { email: string };

export const roleChoices = GrantedRole.options.map((role) => ({ value: role, label: roleWords[role] }));

/** Asks for an address, a role and teams; answers with a link to hand over. */
export function InviteForm({ teams }: { teams: readonly NamedTeam[] }) {
  const [done, setDone] = useState<Done | null>(null);
  return (
    <Detail title="Invite somebody" closeTo={["people"]}>
      {done ? (
        <>
          <LinkBox label={`Send this link to ${done.email}`} link={done.link} expiresAt={done.expiresAt} />
          <p>
            {done.mailed && "A letter with this link is on its way. "}
            Whoever opens it chooses a name and a password and is in.
          </p>
          <div>
            <Button onClick={() => setDone(null)}>Invite another</Button>
          </div>
        </>
      ) : (
        <InviteFields teams={teams} onDone={setDone} />
      )}
    </Detail>
  );
}

function InviteFields({ teams, onDone }: { teams: readonly NamedTeam[]; onDone: (done: Done) => void }) {
  const send = useSend();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<z.output<typeof GrantedRole>>("agent");
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const form = useForm(async () => {
    const body = { email: email.trim(), role, teamIds };
    const answer = await send({ method: "POST", path: "/people/invitations", body }, Invited);
    if (!answer.ok) return answer.error.message;
    onDone({ ...answer.value, email: body.email });
    return null;
  });
  return (
    <Form form={form} action="Make the invitation" ready={/^\S+@\S+\.\S+$/u.test(email.trim())}>
      <TextInput
        label="E-mail"
        type="email"
        required
        value={email}
        onChange={setEmail}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
        autoFocus
      />
      <Select
        label="Role"
        value={role}
        choices={roleChoices}
        onChange={(value) => setRole(GrantedRole.parse(value))}
      />
      <MultiSelect
        label="Teams"
        hint={role === "admin" ? "Admins see every record anyway." : "They see the records of these teams."}
        value={teamIds}
        onChange={setTeamIds}
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form>
  );
}
