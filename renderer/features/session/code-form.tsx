import { useState } from "react";
import { verifyTwoFactor } from "../../../shared/rpc/contract/session.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import styles from "./session.module.css";

const codeDigits = 6;

/** The second step of a sign-in: six digits send themselves, a backup code is sent with Enter. */
export function CodeForm({
  back,
  onBack,
  onDone,
}: {
  back: string;
  onBack: () => void;
  onDone?: () => void;
}) {
  const verify = useCommand(verifyTwoFactor);
  const [code, setCode] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const field = useFocusOnMount<HTMLInputElement>();
  const send = async (typed: string) => {
    const result = await verify({ code: typed });
    if (result.ok) return onDone?.();
    setTrouble(result.error.message);
    field.current?.select();
  };
  const type = (text: string) => {
    const typed = text.replaceAll(/\s/gu, "");
    setCode(typed);
    setTrouble(null);
    if (/^\d+$/u.test(typed) && typed.length === codeDigits) void send(typed);
  };
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        void send(code);
      }}
    >
      <TextInput
        ref={field}
        label="Code"
        hint="Six digits from your authenticator app, or one of your backup codes"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        value={code}
        onChange={type}
        error={trouble}
      />
      <Button type="submit" kind="primary" size="large" disabled={code.length < codeDigits}>
        Go on
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {back}
      </Button>
    </form>
  );
}
