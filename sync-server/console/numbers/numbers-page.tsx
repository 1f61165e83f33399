import { Button } from "../../../renderer/ui/controls/button.tsx";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { PhoneNumbers } from "../../admin/telephony/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { goTo } from "../frame/address.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { BringIn } from "./bring-in.tsx";
import { NewPhoneNumberForm } from "./new-phone-number-form.tsx";
import { NumberDetail } from "./number-detail.tsx";
import { sayRings, type Entry } from "./number-words.ts";
import { useNames, type Names } from "./use-names.ts";
import styles from "./numbers.module.css";

const here = ["numbers"];
const path = "/telephony/numbers";

/** Numbers by which the tenant is called, and whom each of them rings. */
export function NumbersPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer(path, PhoneNumbers);
  const names = useNames();
  const shown = value?.numbers.find(({ number }) => number === open);
  return (
    <Page
      crumbs={[{ label: "Numbers" }]}
      note={value && `${value.numbers.length}`}
      action={
        <span className={styles["actions"]}>
          {open !== "bring-in" && (
            <Button onClick={() => goTo(...here, "bring-in")}>Bring in from a carrier</Button>
          )}
          {open !== "new" && <NewButton label="Add a number" to={[...here, "new"]} />}
        </span>
      }
    >
      <Column kind="main" label="Numbers">
        <Trouble error={error} onRetry={reload} />
        <NumberTable numbers={value?.numbers} names={names} selected={shown?.number} />
      </Column>
      {open === "new" && <NewPhoneNumberForm names={names} closeTo={here} />}
      {open === "bring-in" && <BringIn names={names} closeTo={here} />}
      {shown && <NumberDetail key={shown.number} entry={shown} names={names} closeTo={here} />}
    </Page>
  );
}

function NumberTable({
  numbers,
  names: { accounts, people, queues, labels },
  selected,
}: {
  numbers: readonly Entry[] | undefined;
  names: Names;
  selected: string | undefined;
}) {
  const line = accounts?.find(({ isLine }) => isLine);
  return (
    <DataTable
      label="Numbers"
      rows={numbers}
      rowKey={({ number }) => number}
      rowTo={({ number }) => [...here, number]}
      selected={selected}
      faded={({ accountId }) => accounts !== undefined && accountId !== line?.id}
      empty={
        accounts?.length === 0 ? (
          <>
            Numbers come with a carrier. <Link to={["line", "new"]}>Add an account first</Link>
          </>
        ) : (
          <>
            Nobody can call you yet. <Link to={[...here, "new"]}>Add the first number</Link>
          </>
        )
      }
      columns={[
        { title: "Number", width: "168px", cell: ({ number }) => formatPhone(number) },
        { title: "Name", cell: ({ label }) => label },
        { title: "Rings", cell: (entry) => sayRings(entry, people, queues) },
        {
          title: "When",
          width: "136px",
          spare: true,
          cell: ({ alwaysOpen }) => (alwaysOpen ? "Always" : "Business hours"),
        },
        {
          title: "Account",
          width: "200px",
          cell: ({ accountId }) => (
            <span className="cut">
              {labels.get(accountId) ?? ""}
              {accounts && accountId !== line?.id ? ", not in use" : ""}
            </span>
          ),
        },
      ]}
    />
  );
}
