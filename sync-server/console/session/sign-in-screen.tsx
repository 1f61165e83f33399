import { useState, type FormEvent } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { DemoPeople, SignedIn, SignInResponse } from "../../../shared/sync/session-wire.ts";
import { ask } from "../api/ask.ts";
import { useAnswer } from "../api/use-answer.ts";
import styles from "./session.module.css";

const client = { kind: "browser" } as const;

/** E-mail and password, then a second factor where there is one; one click in the demo. */
export function SignInScreen({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const [challenge, setChallenge] = useState<string | null>(null);
  return (
    <main className={styles["page"]}>
      <section className={styles["card"]}>
        <h1 className={styles["title"]}>Ringside console</h1>
        {challenge === null ? (
          <PasswordForm onSignedIn={onSignedIn} onChallenge={setChallenge} />
        ) : (
          <CodeForm challenge={challenge} onSignedIn={onSignedIn} onBack={() => setChallenge(null)} />
        )}
        {challenge === null && <DemoDoor onSignedIn={onSignedIn} />}
      </section>
    </main>
  );
}

type Next = { onSignedIn: () => Promise<void> };

function PasswordForm({ onSignedIn, onChallenge }: Next & { onChallenge: (challenge: string) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useAsking(async () => {
    const body = { email: email.trim(), password, client };
    const answer = await ask("POST", "/session/sign-in", SignInResponse, body);
    if (!answer.ok) return answer.error.message;
    if (answer.value.outcome === "second-factor") onChallenge(answer.value.challenge);
    else await onSignedIn();
    return null;
  });
  return (
    <form className={styles["form"]} onSubmit={form.submit}>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        autoFocus
      />
      <TextInput
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={form.trouble}
      />
      <Button
        type="submit"
        kind="primary"
        size="large"
        disabled={form.busy || email === "" || password === ""}
      >
        Sign in
      </Button>
    </form>
  );
}

function CodeForm({ challenge, onSignedIn, onBack }: Next & { challenge: string; onBack: () => void }) {
  const [code, setCode] = useState("");
  const form = useAsking(async () => {
    const typed = code.replaceAll(/\s/gu, "");
    const method = /^\d{6}$/u.test(typed) ? "totp" : "backup";
    const answer = await ask("POST", "/session/second-factor", SignedIn, {
      challenge,
      method,
      code: typed,
      client,
    });
    if (!answer.ok) return answer.error.message;
    await onSignedIn();
    return null;
  });
  return (
    <form className={styles["form"]} onSubmit={form.submit}>
      <TextInput
        label="Code"
        hint="Six digits from your authenticator, or one of your backup codes."
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        error={form.trouble}
        autoFocus
      />
      <Button type="submit" kind="primary" size="large" disabled={form.busy || code.trim().length < 6}>
        Continue
      </Button>
      <Button kind="link" onClick={onBack}>
        Another account
      </Button>
    </form>
  );
}

/** Only where the server runs the demo tenant on a loopback address. */
function DemoDoor({ onSignedIn }: Next) {
  const { value } = useAnswer("/session/demo", DemoPeople);
  const people = value?.people.filter(({ role }) => role === "admin" || role === "operator") ?? [];
  const [trouble, setTrouble] = useState<string | null>(null);
  const enter = async (userId: z.output<typeof DemoPeople>["people"][number]["userId"]) => {
    const answer = await ask("POST", "/session/demo", SignedIn, { userId, client });
    if (answer.ok) await onSignedIn();
    else setTrouble(answer.error.message);
  };
  if (people.length === 0) return null;
  return (
    <div className={styles["demo"]}>
      <h2 className={styles["heading"]}>Demo: {value?.tenantName}</h2>
      {people.map(({ userId, name, about }) => (
        <button key={userId} type="button" className={styles["person"]} onClick={() => void enter(userId)}>
          <strong>{name}</strong>
          <span>{about}</span>
        </button>
      ))}
      {trouble && <p role="alert">{trouble}</p>}
    </div>
  );
}

/** A form that is sent once at a time and says what went wrong. */
function useAsking(send: () => Promise<string | null>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    void send()
      .then(setTrouble)
      .finally(() => setBusy(false));
  };
  return { busy, trouble, submit };
}
