import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { isNotUnderstood } from "../../../renderer/ui/fields/not-understood.ts";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import styles from "./form.module.css";

/** A form that is sent once at a time. @param send what went wrong, or null */
export function useForm(send: () => Promise<string | null>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || isNotUnderstood(event.currentTarget)) return;
    setBusy(true);
    void send()
      .then(setTrouble)
      .finally(() => setBusy(false));
  };
  return { busy, trouble, submit };
}

/** Fields, then what went wrong, then the one button. */
export function Form({
  form,
  action,
  ready = true,
  primary = true,
  children,
}: {
  form: ReturnType<typeof useForm>;
  action: string;
  /** False: something that is needed is missing. */
  ready?: boolean;
  /** Not where the page has a primary button already. */
  primary?: boolean;
  children: ReactNode;
}) {
  return (
    <form className={styles["form"]} onSubmit={form.submit} noValidate>
      {children}
      {form.trouble && <ErrorLine what={form.trouble} kept="What you typed is still here." />}
      <Button
        type="submit"
        kind={primary ? "primary" : "normal"}
        size={primary ? "large" : "normal"}
        disabled={form.busy || !ready}
      >
        {action}
      </Button>
    </form>
  );
}
