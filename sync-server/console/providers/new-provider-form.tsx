import { useState } from "react";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { IdentityProvider } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Sheet } from "../parts/sheet.tsx";

/** Only what is known before the provider has been told of us: it gives a client id for our address. */
export function NewProviderForm() {
  const send = useSend();
  const [name, setName] = useState("");
  const [issuer, setIssuer] = useState("");
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const body = { name: name.trim(), issuer: issuer.trim() };
    const answer = await send({ method: "POST", path: "/identity-providers", body }, IdentityProvider);
    if (!answer.ok) return answer.error.message;
    goOn("sign-in", answer.value.id);
    return null;
  });
  return (
    <Sheet
      title="New identity provider"
      about="Microsoft Entra, Google Workspace, Okta, Keycloak or anything else that speaks OpenID Connect. Nobody is offered it before you say so."
    >
      <Form form={form} action="Go on" ready={name.trim() !== "" && URL.canParse(issuer.trim())}>
        <TextInput
          label="Name"
          hint="People read it on a button: Continue with …"
          placeholder="Northgate ID"
          value={name}
          onChange={setName}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
          autoFocus
        />
        <TextInput
          label="Issuer"
          hint="The address that the provider goes by, exactly as it writes it itself."
          placeholder="https://login.example.com"
          inputMode="url"
          value={issuer}
          onChange={setIssuer}
        />
      </Form>
    </Sheet>
  );
}
