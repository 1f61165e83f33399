import { useState } from "react";
import { z } from "zod";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { useSend } from "../api/use-change.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Section } from "../parts/page.tsx";
import { passwordTrouble } from "../session/password-rules.ts";

export function PasswordForm() {
  const send = useSend();
  const toast = useToast();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [endOtherSessions, setEndOthers] = useState(true);
  const form = useForm(async () => {
    const request = {
      method: "POST",
      path: "/session/password",
      body: { current, next, endOtherSessions },
    } as const;
    const answer = await send(request, z.null(), ["/sessions", "/devices"]);
    if (!answer.ok) return answer.error.message;
    setCurrent("");
    setNext("");
    toast({ text: "Your password is changed." });
    return null;
  });
  const trouble = next === "" ? null : passwordTrouble(next);
  return (
    <Section title="Password">
      <Form
        form={form}
        action="Change the password"
        primary={false}
        ready={current !== "" && next !== "" && trouble === null}
      >
        <TextInput
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextInput
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="12 characters or more; a few words are easiest."
          error={trouble}
          value={next}
          onChange={setNext}
        />
        <Checkbox checked={endOtherSessions} onChange={setEndOthers}>
          Sign out everywhere else
        </Checkbox>
      </Form>
    </Section>
  );
}
