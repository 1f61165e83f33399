import { useState } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { MadeTenant } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goTo } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { LinkBox } from "../parts/link-box.tsx";
import { Detail } from "../parts/page.tsx";

type Made = z.output<typeof MadeTenant> & { adminEmail: string };

/** Makes an organisation and the link with which its first admin comes in. */
export function NewTenantForm() {
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Detail title={made ? "It is made" : "New tenant"} closeTo={["tenants"]}>
      {made ? (
        <>
          <LinkBox
            label={`Send this link to ${made.adminEmail}, its first admin`}
            link={made.invitation.link}
            expiresAt={made.invitation.expiresAt}
          />
          <div>
            <Button onClick={() => goTo("tenants", made.id)}>Show the tenant</Button>
          </div>
        </>
      ) : (
        <NewTenantFields onMade={setMade} />
      )}
    </Detail>
  );
}

function NewTenantFields({ onMade }: { onMade: (made: Made) => void }) {
  const send = useSend();
  const [name, setName] = useState("");
  const [adminEmail, setAdminEmail] = useState("");
  const form = useForm(async () => {
    const body = { name: name.trim(), adminEmail: adminEmail.trim() };
    const answer = await send({ method: "POST", path: "/tenants", body }, MadeTenant);
    if (!answer.ok) return answer.error.message;
    onMade({ ...answer.value, adminEmail: body.adminEmail });
    return null;
  });
  const isReady = name.trim() !== "" && /^\S+@\S+\.\S+$/u.test(adminEmail.trim());
  return (
    <Form form={form} action="Make the tenant" ready={isReady}>
      <TextInput
        label="Name of the organisation"
        required
        value={name}
        onChange={setName}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
        autoFocus
      />
      <TextInput
        label="E-mail of its first admin"
        type="email"
        required
        hint="They configure everything else."
        value={adminEmail}
        onChange={setAdminEmail}
      />
    </Form>
  );
}
