import { useState } from "react";
import { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { SecondFactorSetup, type SessionInfo } from "../../../shared/sync/session-wire.ts";
import { useAnswers, whoAmI } from "../api/use-answer.ts";
import { useSend } from "../api/use-change.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Section } from "../parts/page.tsx";
import { BackupCodes } from "./backup-codes.tsx";
import { QrCode } from "./qr-code.tsx";
import { secretOf } from "./totp-secret.ts";
import styles from "./account.module.css";

type Setup = z.output<typeof SecondFactorSetup>;

/** One life: not set up, being set up (password, then a code that proves it), set up. */
type Step =
  | { at: "rest" }
  | { at: "password" }
  | { at: "proof"; setup: Setup }
  | { at: "codes"; codes: readonly string[] };

export function SecondFactor({ session: { hasSecondFactor } }: { session: SessionInfo }) {
  const [step, setStep] = useState<Step>({ at: "rest" });
  const rest = () => setStep({ at: "rest" });
  return (
    <Section title="Second factor" note={noteOf(step, hasSecondFactor)}>
      {step.at === "rest" && (
        <div>
          <Button size="small" onClick={() => setStep({ at: "password" })}>
            {hasSecondFactor ? "Remove the second factor" : "Set up a second factor"}
          </Button>
        </div>
      )}
      {step.at === "password" && hasSecondFactor && <RemoveForm onDone={rest} onCancel={rest} />}
      {step.at === "password" && !hasSecondFactor && (
        <SetUpForm onSetup={(setup) => setStep({ at: "proof", setup })} onCancel={rest} />
      )}
      {step.at === "proof" && (
        <ProveForm
          setup={step.setup}
          onDone={() => setStep({ at: "codes", codes: step.setup.backupCodes })}
          onCancel={rest}
        />
      )}
      {step.at === "codes" && <BackupCodes codes={step.codes} onDone={rest} />}
    </Section>
  );
}

function noteOf({ at }: Step, hasSecondFactor: boolean): string {
  if (at === "proof") return "Read this with an authenticator app, then type the code that it shows.";
  if (at === "codes") return "It is set up. Each of these lets you in once, without the phone.";
  return hasSecondFactor
    ? "Signing in asks for a code of your authenticator."
    : "A password alone lets you in. An authenticator app makes it two.";
}

function SetUpForm({ onSetup, onCancel }: { onSetup: (setup: Setup) => void; onCancel: () => void }) {
  const send = useSend();
  return (
    <PasswordStep
      action="Go on"
      onCancel={onCancel}
      ask={async (password) => {
        const request = { method: "POST", path: "/session/second-factor/setup", body: { password } } as const;
        const answer = await send(request, SecondFactorSetup, []);
        if (!answer.ok) return answer.error.message;
        onSetup(answer.value);
        return null;
      }}
    />
  );
}

function RemoveForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const send = useSend();
  const toast = useToast();
  return (
    <PasswordStep
      action="Remove it"
      onCancel={onCancel}
      ask={async (password) => {
        const request = {
          method: "POST",
          path: "/session/second-factor/remove",
          body: { password },
        } as const;
        const answer = await send(request, z.null(), [whoAmI]);
        if (!answer.ok) return answer.error.message;
        toast({ text: "The second factor is removed: your password alone lets you in." });
        onDone();
        return null;
      }}
    />
  );
}

function PasswordStep({
  action,
  ask,
  onCancel,
}: {
  action: string;
  ask: (password: string) => Promise<string | null>;
  onCancel: () => void;
}) {
  const [password, setPassword] = useState("");
  const form = useForm(() => ask(password));
  return (
    <Form form={form} action={action} primary={false} ready={password !== ""}>
      <TextInput
        label="Your password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step was asked for and begins here
        autoFocus
        end={
          <Button kind="link" size="small" onClick={onCancel}>
            Cancel
          </Button>
        }
      />
    </Form>
  );
}

function ProveForm({ setup, onDone, onCancel }: { setup: Setup; onDone: () => void; onCancel: () => void }) {
  const send = useSend();
  const answers = useAnswers();
  const [code, setCode] = useState("");
  const typed = code.replaceAll(/\s/gu, "");
  const form = useForm(async () => {
    const request = {
      method: "POST",
      path: "/session/second-factor/confirm",
      body: { code: typed },
    } as const;
    const answer = await send(request, z.null(), []);
    if (!answer.ok) return answer.error.message;
    onDone();
    await answers.refresh(whoAmI, "/people");
    return null;
  });
  return (
    <>
      <QrCode text={setup.totpUri} label="The secret as a QR code" />
      <p className={styles["secret"]}>
        Or type it: <code>{secretOf(setup.totpUri)}</code>
      </p>
      <Form form={form} action="Prove it" primary={false} ready={/^\d{6}$/u.test(typed)}>
        <TextInput
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          end={
            <Button kind="link" size="small" onClick={onCancel}>
              Cancel
            </Button>
          }
        />
      </Form>
    </>
  );
}
