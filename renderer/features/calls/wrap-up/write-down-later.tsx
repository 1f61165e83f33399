import { useState } from "react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { HowItEnded } from "./how-it-ended.tsx";
import { useWriteDown, type WriteDown } from "./use-write-down.ts";
import styles from "./wrap-up.module.css";

/**
 * Give it the call as its key. A call that nobody wrote down in time. It stays until one is done with it: the ending
 * that was clicked first may be put right.
 */
export function WriteDownLater({
  call,
  isOwed,
}: {
  call: Pick<PhoneCall, "callId" | "leadId" | "name" | "number">;
  isOwed: boolean;
}) {
  const writing = useWriteDown(call);
  const [isBegun, setBegun] = useState(false);
  if (!isOwed && !isBegun) return null;
  const choose: WriteDown["choose"] = (ending) => {
    setBegun(true);
    writing.choose(ending);
  };
  const finish = async () => {
    if (await writing.finish()) setBegun(false);
  };
  return (
    <section className={styles["later"]} aria-label="To write down">
      <HowItEnded writing={{ ...writing, choose }} hasKeys={false} />
      <div className={styles["done"]}>
        <span className={styles["aside"]}>{writing.whyNot ?? ""}</span>
        <Button kind="primary" disabled={writing.whyNot !== null} onClick={() => void finish()}>
          Write it down
        </Button>
      </div>
    </section>
  );
}
