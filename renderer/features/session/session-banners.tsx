import { useLocalStorage } from "@mantine/hooks";
import { useState } from "react";
import { leaveProvider, signIn } from "../../../shared/rpc/contract/session.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { CodeForm } from "./code-form.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { useElsewhere } from "./use-provider-sign-in.ts";
import { endedWords } from "./session-words.ts";
import styles from "./session.module.css";

/** Above the desk, which works on below. */
export function SessionBanners({
  email,
  ended,
  secretsNotice,
}: {
  email: string;
  ended: "revoked" | "update-required" | null;
  secretsNotice: string | null;
}) {
  return (
    <>
      {ended && <EndedBanner email={email} ended={ended} />}
      {secretsNotice && <SecretsBanner notice={secretsNotice} />}
    </>
  );
}

function EndedBanner({ email, ended }: { email: string; ended: "revoked" | "update-required" }) {
  const [step, setStep] = useState<"none" | "password" | "code">("none");
  const elsewhere = useElsewhere();
  const leave = useCommand(leaveProvider);
  const close = () => {
    setStep("none");
    if (elsewhere) void leave({});
  };
  const words = endedWords(ended);
  return (
    <div className={styles["banner"]} role="alert">
      <span className={styles["banner-text"]}>{words.text}</span>
      {words.action && (
        <Button size="small" onClick={() => setStep("password")}>
          {words.action}
        </Button>
      )}
      <Dialog opened={step !== "none"} onClose={close} title="Sign in again">
        {elsewhere ? (
          <Elsewhere at={elsewhere} />
        ) : step === "code" ? (
          <CodeForm back="Begin again with the password" onBack={() => setStep("password")} onDone={close} />
        ) : (
          <SignInForm
            label="Sign in"
            command={signIn}
            email={email}
            onDone={(next) => (next === "two-factor" ? setStep("code") : close())}
          />
        )}
      </Dialog>
    </div>
  );
}

/** Said once to each person of this machine: the text is what they have read. */
function SecretsBanner({ notice }: { notice: string }) {
  const [read, setRead] = useLocalStorage({
    key: "secrets-notice-read",
    defaultValue: "",
    getInitialValueInEffect: false,
  });
  if (read === notice) return null;
  return (
    <div className={styles["banner"]} role="status">
      <span className={styles["banner-text"]}>{notice}</span>
      <Button size="small" onClick={() => setRead(notice)}>
        Understood
      </Button>
    </div>
  );
}
