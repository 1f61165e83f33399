import { Check, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { useSend } from "../api/use-change.ts";
import { Deed, Section } from "./page.tsx";
import styles from "./test-section.module.css";

type Tested = { ok: boolean; says: string };

/** Asks whoever is configured, and says how they answered. */
export function TestSection<S extends z.ZodType<Tested>>({
  says,
  path,
  body,
  answer: schema,
}: {
  /** What is asked, and what that changes. */
  says: string;
  path: string;
  body?: unknown;
  answer: S;
}) {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<Tested | null>(null);
  const test = async () => {
    setBusy(true);
    setTested(null);
    const answer = await send({ method: "POST", path, body }, schema, []);
    setTested(answer.ok ? answer.value : { ok: false, says: answer.error.message });
    setBusy(false);
  };
  return (
    <Section title="Test">
      <Deed says={says}>
        <Button size="small" disabled={busy} onClick={() => void test()}>
          {busy ? "Asking…" : "Test"}
        </Button>
      </Deed>
      <div role="status" className={styles["tested"]}>
        {tested && (
          <p data-ok={tested.ok}>
            <Icon of={tested.ok ? Check : TriangleAlert} size={14} />
            <span>{tested.says}</span>
          </p>
        )}
      </div>
    </Section>
  );
}
