import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { BroughtIn, OfferedNumbers } from "../../admin/telephony/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Link } from "../parts/link.tsx";
import { Detail, Trouble } from "../parts/page.tsx";
import type { Names } from "./use-names.ts";
import styles from "./numbers.module.css";

/** Numbers that an account has at its carrier, to be taken over instead of typed. */
export function BringIn({ names, closeTo }: { names: Names; closeTo: readonly string[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  // An exchange has no way to tell its numbers.
  const accounts = (names.accounts ?? []).filter(({ provider }) => provider !== "sip");
  const account =
    accounts.find(({ id }) => id === chosen) ?? accounts.find(({ isLine }) => isLine) ?? accounts[0];
  return (
    <Detail title="Bring in numbers" closeTo={closeTo}>
      {names.accounts && !account && (
        <EmptyState>
          No account tells its numbers. <Link to={["line", "new"]}>Add one of Twilio</Link>
        </EmptyState>
      )}
      {account && (
        <>
          <Select
            label="Account"
            value={account.id}
            choices={accounts.map(({ id, label }) => ({ value: id, label }))}
            onChange={setChosen}
          />
          <Offered key={account.id} accountId={account.id} labels={names.labels} closeTo={closeTo} />
        </>
      )}
    </Detail>
  );
}

function Offered({
  accountId,
  labels,
  closeTo,
}: {
  accountId: string;
  labels: Names["labels"];
  closeTo: readonly string[];
}) {
  const path = `/telephony/accounts/${accountId}/numbers`;
  const { value, error, reload } = useAnswer(path, OfferedNumbers);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { bringIn, busy } = useBringIn(path, closeTo);
  const fresh = value?.numbers.filter((one) => one.accountId === null) ?? [];
  const wanted = fresh.map(({ number }) => number).filter((number) => !left.has(number));
  const toggle = (number: string, on: boolean) =>
    setLeft((was) => new Set(on ? [...was].filter((one) => one !== number) : [...was, number]));
  return (
    <>
      <Trouble error={error} onRetry={reload} />
      {!value && !error && <p className={styles["asking"]}>Asking the carrier…</p>}
      {value?.numbers.length === 0 && <EmptyState>The account has no number at its carrier.</EmptyState>}
      <ul className={styles["offered"]} aria-label="Numbers at the carrier">
        {value?.numbers.map(({ number, label, accountId: owner }) => (
          <li key={number}>
            <Checkbox
              checked={owner !== null || !left.has(number)}
              disabled={owner !== null}
              onChange={(on) => toggle(number, on)}
            >
              <span>{formatPhone(number)}</span>
            </Checkbox>
            <span className={styles["owner"]}>
              {owner === null ? nameOf(number, label) : sayOwner(owner)}
            </span>
          </li>
        ))}
      </ul>
      {fresh.length > 0 && (
        <Button kind="primary" disabled={busy || wanted.length === 0} onClick={() => void bringIn(wanted)}>
          Bring in {countOf(wanted.length, "number")}
        </Button>
      )}
    </>
  );

  function sayOwner(owner: string): string {
    return owner === accountId ? "Here already" : `In “${labels.get(owner) ?? "another account"}”`;
  }
}

/** Twilio calls a number by itself until somebody names it. */
function nameOf(number: string, label: string): string {
  return label.replaceAll(/\D/gu, "") === number.slice(1) ? "" : label;
}

function useBringIn(path: string, closeTo: readonly string[]) {
  const send = useSend();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const bringIn = async (numbers: readonly string[]) => {
    const goOn = goOnFromHere();
    setBusy(true);
    const answer = await send({ method: "POST", path, body: { numbers } }, BroughtIn);
    setBusy(false);
    if (!answer.ok) return toast({ text: `${answer.error.message} Nothing was brought in.`, trouble: true });
    toast({ text: `${countOf(answer.value.added, "number")} brought in. Say whom each of them rings.` });
    goOn(...closeTo);
  };
  return { bringIn, busy };
}
