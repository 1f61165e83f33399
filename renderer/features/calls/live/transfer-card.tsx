import { useState } from "react";
import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useDirectory } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { readDialled } from "../model/read-dialled.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { TransferTargets, useTargets } from "./transfer-targets.tsx";
import styles from "./live.module.css";

/** To whom: a colleague with how they are, a queue, or a number. Asking first is the default, since it can be taken back. */
export function TransferCard({
  call,
  adds = false,
  onDone,
}: {
  call: PhoneCall;
  /** Adds them to the call instead of giving it away. */
  adds?: boolean;
  onDone: () => void;
}) {
  const ask = useAskPhone();
  const { business } = useDirectory();
  const [typed, setTyped] = useState("");
  const [target, setTarget] = useState<CallTarget | null>(null);
  const atExchange = isOfOwnExchange(call.call);
  const country = business?.country ?? "US";
  const dialled = readDialled(typed, { country, atExchange });
  // Queues of the company's own exchange have numbers there, and nobody joins a call as a queue.
  const toQueues = !adds && !atExchange;
  const targets = useTargets(typed, toQueues);
  const chosen: CallTarget | null = target ?? (dialled && { kind: "number", number: dialled.number });
  // Whoever is free there takes it: there is nobody to be asked first.
  const isQueue = chosen?.kind === "queue";
  const mayGive = call.can.includes("blind-transfer");
  const go = async (mode: "warm" | "blind") => {
    if (!chosen) return;
    const { callId } = call;
    const answer = await ask(
      adds ? { do: "add-party", callId, target: chosen } : { do: "transfer", callId, target: chosen, mode },
    );
    if (answer.ok) onDone();
  };
  return (
    <form
      className={styles["transfer"]}
      onSubmit={(event) => {
        event.preventDefault();
        void go(isQueue ? "blind" : "warm");
      }}
    >
      <TextInput
        label={adds ? "Whom to add" : "Hand over to"}
        placeholder={toQueues ? "Colleague, queue or number" : "Colleague or number"}
        value={typed}
        data-autofocus
        onChange={(text) => {
          setTyped(text);
          setTarget(null);
        }}
      />
      <TransferTargets targets={targets} chosen={target} onChoose={setTarget} />
      {targets.colleagues.length + targets.queues.length === 0 && !dialled && (
        <p className={styles["nobody"]}>Nobody of that name. Type a whole number to call outside.</p>
      )}
      <div className={styles["transfer-foot"]}>
        {adds && (
          <Button type="submit" kind="primary" disabled={!chosen}>
            Add to the call
          </Button>
        )}
        {!adds && isQueue && (
          <Button type="submit" kind="primary" disabled={!mayGive}>
            Hand over now
          </Button>
        )}
        {!adds && !isQueue && (
          <>
            <Button disabled={!chosen || !mayGive} onClick={() => void go("blind")}>
              Hand over now
            </Button>
            <Button type="submit" kind="primary" disabled={!chosen || !call.can.includes("warm-transfer")}>
              Talk first
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
