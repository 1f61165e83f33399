import { useState, type FormEvent } from "react";
import type { signIn } from "../../../shared/rpc/contract/session.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import { continueWith, ProviderButtons } from "../../ui/session-card/provider-buttons.tsx";
import { useProviderSignIn } from "./use-provider-sign-in.ts";
import styles from "./session.module.css";

/** E-mail and password, or an identity provider. With `email` given, only the password is asked for: the same person comes back. */
export function SignInForm({
  label,
  command,
  email: knownEmail,
  onDone,
}: {
  label: string;
  command: typeof signIn;
  email?: string;
  /** Who signs in where nobody is signed in is shown the next step by the session itself. */
  onDone?: (next: OutputOf<typeof signIn>["next"]) => void;
}) {
  const run = useCommand(command);
  const [email, setEmail] = useState(knownEmail ?? "");
  const [password, setPassword] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useFocusOnMount<HTMLInputElement>();
  const { own, offered, busy: leaving, leaveFor } = useProviderSignIn(email);
  // Who types no password, and whose organisation has a provider, goes there.
  const provider = password === "" ? own : null;
  const isListed = offered.some(({ id }) => id === own?.id);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (provider) return setTrouble(await leaveFor(provider));
    setBusy(true);
    const result = await run({ email: email.trim(), password });
    setBusy(false);
    setTrouble(result.ok ? null : result.error.message);
    if (result.ok) onDone?.(result.value.next);
  };
  return (
    <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
      <ProviderButtons
        providers={offered}
        busy={leaving}
        onChoose={(chosen) => void leaveFor(chosen).then(setTrouble)}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        disabled={knownEmail !== undefined}
        {...(knownEmail === undefined ? { ref: first } : {})}
      />
      <TextInput
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        hint={own ? `Not needed with ${own.name}.` : undefined}
        error={trouble}
        {...(knownEmail === undefined ? {} : { ref: first })}
      />
      <Button
        type="submit"
        kind="primary"
        size="large"
        disabled={busy || leaving || email.trim() === "" || (password === "" && provider === null)}
      >
        {provider && !isListed ? continueWith(provider) : label}
      </Button>
    </form>
  );
}
