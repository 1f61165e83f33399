import { useState } from "react";
import type { z } from "zod";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { InvitationInfo, SignInResponse } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Link } from "../parts/link.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import { client, CodeForm } from "./code-form.tsx";
import { passwordTrouble } from "./password-rules.ts";
import { SessionCard } from "../../../renderer/ui/session-card/session-card.tsx";

type Props = { token: string; onSignedIn: () => Promise<void> };
type Info = z.output<typeof InvitationInfo>;

/** Says who invites to what; whoever has no account chooses a name and a password. */
export function InvitationScreen({ token, onSignedIn }: Props) {
  const { value, error } = useAnswer(`/session/invitations/${encodeURIComponent(token)}`, InvitationInfo);
  const [challenge, setChallenge] = useState<string | null>(null);
  if (challenge !== null) {
    return (
      <SessionCard title="Second factor">
        <CodeForm challenge={challenge} onSignedIn={onSignedIn} onBack={() => setChallenge(null)} />
      </SessionCard>
    );
  }
  return (
    <SessionCard title={value ? `Join ${value.tenantName}` : "Invitation"}>
      {value && (
        <>
          <p>
            {value.invitedBy} invites {value.email} as {roleWords[value.role].toLowerCase()}.
          </p>
          <AcceptForm token={token} info={value} onSignedIn={onSignedIn} onChallenge={setChallenge} />
        </>
      )}
      {error && !value && (
        <p role="alert">
          {error.message} <Link to={[]}>Sign in</Link>
        </p>
      )}
    </SessionCard>
  );
}

function AcceptForm({
  token,
  info: { hasAccount, email },
  onSignedIn,
  onChallenge,
}: Props & { info: Info; onChallenge: (challenge: string) => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const trouble = hasAccount || password === "" ? null : passwordTrouble(password);
  const form = useForm(async () => {
    // Whoever has an account keeps its name: what is sent here does not count.
    const body = { name: hasAccount ? email.slice(0, 200) : name.trim(), password, client };
    const path = `/session/invitations/${encodeURIComponent(token)}`;
    const answer = await ask("POST", path, SignInResponse, body);
    if (!answer.ok) return answer.error.message;
    if (answer.value.outcome === "second-factor") onChallenge(answer.value.challenge);
    else await onSignedIn();
    return null;
  });
  const isReady = password !== "" && trouble === null && (hasAccount || name.trim() !== "");
  return (
    <Form form={form} action="Join" ready={isReady}>
      {!hasAccount && (
        <TextInput
          label="Your name"
          autoComplete="name"
          value={name}
          onChange={setName}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
          autoFocus
        />
      )}
      <TextInput
        label={hasAccount ? "The password of your account" : "Choose a password"}
        type="password"
        autoComplete={hasAccount ? "current-password" : "new-password"}
        hint={hasAccount ? undefined : "12 characters or more; a few words are easiest."}
        error={trouble}
        value={password}
        onChange={setPassword}
      />
    </Form>
  );
}
