import { useState } from "react";
import { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { ask } from "../api/ask.ts";
import { Form, useForm } from "../parts/form.tsx";

/** Says the same whether or not anybody has this address. */
export function ForgottenForm({
  email,
  onEmail,
  onBack,
}: {
  email: string;
  onEmail: (email: string) => void;
  onBack: () => void;
}) {
  const [sent, setSent] = useState(false);
  const form = useForm(async () => {
    const answer = await ask("POST", "/session/password-reset", z.null(), { email: email.trim() });
    if (!answer.ok) return answer.error.message;
    setSent(true);
    return null;
  });
  return (
    <>
      {sent ? (
        <p>
          If {email.trim()} has an account, a link is on its way. It works for an hour. An admin can make one
          too.
        </p>
      ) : (
        <Form form={form} action="Send a link" ready={/^\S+@\S+\.\S+$/u.test(email.trim())}>
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={onEmail}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
            autoFocus
          />
        </Form>
      )}
      <div>
        <Button kind="link" onClick={onBack}>
          Back to sign-in
        </Button>
      </div>
    </>
  );
}
