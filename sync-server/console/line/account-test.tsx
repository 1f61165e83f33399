import { Check, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { TestedAccount } from "../../admin/telephony/wire.ts";
import { useSend } from "../api/use-change.ts";
import { Deed, Section } from "../parts/page.tsx";
import styles from "./line.module.css";

type Tested = z.output<typeof TestedAccount>;

/** Asks the carrier itself, and says how it answered. */
export function AccountTest({ id }: { id: string }) {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<Tested | null>(null);
  const test = async () => {
    setBusy(true);
    setTested(null);
    const answer = await send({ method: "POST", path: `/telephony/accounts/${id}/test` }, TestedAccount, []);
    setTested(answer.ok ? answer.value : { ok: false, says: answer.error.message });
    setBusy(false);
  };
  return (
    <Section title="Test">
      <Deed says="Asks the carrier whether it takes what stands here. Changes nothing there.">
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
