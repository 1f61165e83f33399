import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { SignedIn } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { Form, useForm } from "../parts/form.tsx";

export const client = { kind: "browser" } as const;

/** The second step of a sign-in: a code of the authenticator or one that was written down. */
export function CodeForm({
  challenge,
  onSignedIn,
  onBack,
}: {
  challenge: string;
  onSignedIn: () => Promise<void>;
  onBack: () => void;
}) {
  const [code, setCode] = useState("");
  const typed = code.replaceAll(/\s/gu, "");
  const form = useForm(async () => {
    const method = /^\d{6}$/u.test(typed) ? "totp" : "backup";
    const body = { challenge, method, code: typed, client };
    const answer = await ask("POST", "/session/second-factor", SignedIn, body);
    if (!answer.ok) return answer.error.message;
    await onSignedIn();
    return null;
  });
  return (
    <>
      <Form form={form} action="Continue" ready={typed.length >= 6}>
        <TextInput
          label="Code"
          hint="Six digits from your authenticator, or one of your backup codes."
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
          autoFocus
        />
      </Form>
      <div>
        <Button kind="link" onClick={onBack}>
          Another account
        </Button>
      </div>
    </>
  );
}
