import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { continueWith, ProviderButtons } from "../../../renderer/ui/session-card/provider-buttons.tsx";
import { SignInResponse } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { Form, useForm } from "../parts/form.tsx";
import { client, CodeForm } from "./code-form.tsx";
import { DemoDoor } from "./demo-door.tsx";
import { ForgottenForm } from "./forgotten-form.tsx";
import { useProviderSignIn } from "./use-provider-sign-in.ts";
import { SessionCard } from "../../../renderer/ui/session-card/session-card.tsx";

type Step = { at: "password" } | { at: "code"; challenge: string } | { at: "forgotten" };

/** E-mail and password, then a second factor where there is one; or an identity provider; one click in the demo. */
export function SignInScreen({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const [step, setStep] = useState<Step>({ at: "password" });
  const [email, setEmail] = useState("");
  const back = () => setStep({ at: "password" });
  if (step.at === "forgotten") {
    return (
      <SessionCard title="Forgotten password">
        <ForgottenForm email={email} onEmail={setEmail} onBack={back} />
      </SessionCard>
    );
  }
  if (step.at === "code") {
    return (
      <SessionCard title="Second factor">
        <CodeForm challenge={step.challenge} onSignedIn={onSignedIn} onBack={back} />
      </SessionCard>
    );
  }
  return (
    <SessionCard title="Sign in to the Ringside console">
      <DemoDoor onSignedIn={onSignedIn} />
      <PasswordFields
        email={email}
        onEmail={setEmail}
        onSignedIn={onSignedIn}
        onChallenge={(challenge) => setStep({ at: "code", challenge })}
      />
      <div>
        <Button kind="link" onClick={() => setStep({ at: "forgotten" })}>
          Forgotten password
        </Button>
      </div>
    </SessionCard>
  );
}

function PasswordFields({
  email,
  onEmail,
  onSignedIn,
  onChallenge,
}: {
  email: string;
  onEmail: (email: string) => void;
  onSignedIn: () => Promise<void>;
  onChallenge: (challenge: string) => void;
}) {
  const [password, setPassword] = useState("");
  const { own, offered, busy, leaveFor } = useProviderSignIn(email);
  const [trouble, setTrouble] = useState<string | null>(null);
  // Who types no password, and whose organisation has a provider, goes there.
  const provider = password === "" ? own : null;
  const isListed = offered.some(({ id }) => id === own?.id);
  const form = useForm(async () => {
    if (provider) return leaveFor(provider);
    const body = { email: email.trim(), password, client };
    const answer = await ask("POST", "/session/sign-in", SignInResponse, body);
    if (!answer.ok) return answer.error.message;
    if (answer.value.outcome === "second-factor") onChallenge(answer.value.challenge);
    else await onSignedIn();
    return null;
  });
  return (
    <>
      <ProviderButtons
        providers={offered}
        busy={busy}
        onChoose={(chosen) => void leaveFor(chosen).then(setTrouble)}
      />
      {trouble && <ErrorLine what={trouble} kept="Nobody was signed in." />}
      <Form
        form={form}
        action={provider && !isListed ? continueWith(provider) : "Sign in"}
        ready={!busy && email.trim() !== "" && (provider !== null || password !== "")}
      >
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onChange={onEmail}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
          autoFocus
        />
        <TextInput
          label="Password"
          type="password"
          autoComplete="current-password"
          hint={own ? `Not needed with ${own.name}.` : undefined}
          value={password}
          onChange={setPassword}
        />
      </Form>
    </>
  );
}
