import { useState } from "react";
import { z } from "zod";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { ask } from "../api/ask.ts";
import { useAnswers, whoAmI } from "../api/use-answer.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Link } from "../parts/link.tsx";
import { passwordTrouble } from "./password-rules.ts";
import { SessionCard } from "../../../renderer/ui/session-card/session-card.tsx";

/** Where a link from a letter or an admin leads: a new password, then sign in with it. */
export function ResetScreen({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  return (
    <SessionCard title="Choose a new password">
      {done ? (
        <p>
          It is set, and every session has ended. <Link to={[]}>Sign in</Link>
        </p>
      ) : (
        <ResetForm token={token} onDone={() => setDone(true)} />
      )}
    </SessionCard>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const answers = useAnswers();
  const [password, setPassword] = useState("");
  const trouble = password === "" ? null : passwordTrouble(password);
  const form = useForm(async () => {
    const path = `/session/password-reset/${encodeURIComponent(token)}`;
    const answer = await ask("POST", path, z.null(), { password });
    if (!answer.ok) return answer.error.message;
    await answers.refresh(whoAmI);
    onDone();
    return null;
  });
  return (
    <Form form={form} action="Set the password" ready={password !== "" && trouble === null}>
      <TextInput
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="12 characters or more; a few words are easiest."
        error={trouble}
        value={password}
        onChange={setPassword}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else can be done here
        autoFocus
      />
    </Form>
  );
}
