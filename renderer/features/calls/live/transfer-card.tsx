import { useState } from "react";
import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import { people } from "../../../../shared/rpc/contract/sync.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { PresenceDot, presenceText, sortColleagues } from "../../sync/index.ts";
import { readDialled } from "../model/read-dialled.ts";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./live.module.css";

/** To whom: a colleague with how they are, or a number. Asking first is the default, since it can be taken back. */
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
  const { business, breakLabel } = useDirectory();
  const colleagues = useColleagues();
  const [typed, setTyped] = useState("");
  const [target, setTarget] = useState<CallTarget | null>(null);
  const country = business?.country ?? "US";
  const dialled = readDialled(typed, { country, atExchange: isOfOwnExchange(call.call) });
  const chosen: CallTarget | null = target ?? (dialled && { kind: "number", number: dialled.number });
  const found = colleagues.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
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
        void go("warm");
      }}
    >
      <TextInput
        label={adds ? "Whom to add" : "Hand over to"}
        placeholder="Colleague or number"
        value={typed}
        data-autofocus
        onChange={(text) => {
          setTyped(text);
          setTarget(null);
        }}
      />
      <div className={styles["colleagues"]} role="listbox" aria-label="Colleagues">
        {found.map(({ userId, name, presence, reason }) => (
          <button
            key={userId}
            type="button"
            role="option"
            aria-selected={target?.kind === "agent" && target.userId === userId}
            className={styles["colleague"]}
            onClick={() => setTarget({ kind: "agent", userId })}
          >
            <PresenceDot presence={presence} />
            <bdi className="cut">{name}</bdi>
            <span>{presenceText({ presence, reason }, breakLabel)}</span>
          </button>
        ))}
        {found.length === 0 && !dialled && (
          <p className={styles["nobody"]}>Nobody of that name. Type a whole number to call outside.</p>
        )}
      </div>
      <div className={styles["transfer-foot"]}>
        {adds ? (
          <Button type="submit" kind="primary" disabled={!chosen}>
            Add to the call
          </Button>
        ) : (
          <>
            <Button
              disabled={!chosen || !call.can.includes("blind-transfer")}
              onClick={() => void go("blind")}
            >
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

/** Everybody else of the tenant, those who can be reached first. */
function useColleagues() {
  const directory = useDirectory();
  const me = useLive(session, {}).value?.session;
  const present = new Map(useLive(people, {}).value?.people.map((entry) => [entry.userId, entry]));
  const myId = me?.state === "signed-in" ? me.person.userId : null;
  return sortColleagues(
    directory.people
      .filter(({ active, userId }) => active && userId !== myId)
      .map(({ userId, name }) => ({ ...absent, ...present.get(userId), userId, name })),
  );
}

const absent = { presence: "offline", reason: "" } as const;
