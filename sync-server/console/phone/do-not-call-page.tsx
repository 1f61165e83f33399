import { Search } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Phone } from "../../../renderer/ui/display/phone.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { DoNotCallList, type DoNotCallEntry } from "../../admin/wire.ts";
import { useKept } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import { useKeyset } from "../api/use-keyset.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, ShowMore } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Bar, Column, Meaning, NewButton, Page, Trouble } from "../parts/page.tsx";
import { NewNumberForm } from "./new-number-form.tsx";

type Entry = z.output<typeof DoNotCallEntry>;
const here = ["do-not-call"];
const pageSize = 100;

/** Numbers that nobody may call, whoever's they are. */
export function DoNotCallPage({ session, rest: [open] }: PageProps) {
  const [search, setSearch] = useState("");
  const wanted = search.trim();
  const query = wanted === "" ? "" : `&search=${encodeURIComponent(wanted)}`;
  const { pages, error, reload, loadMore } = useKeyset(
    `/do-not-call?limit=${pageSize}${query}`,
    DoNotCallList,
  );
  const list = useKept(pages.length > 0 ? pages : undefined);
  return (
    <Page
      crumbs={[{ label: "Do not call" }]}
      note={list && `${list[0]?.total ?? 0}`}
      action={open !== "new" && <NewButton label="Add numbers" to={[...here, "new"]} />}
    >
      <Column kind="main" label="Do not call">
        <Bar>
          <TextInput
            label="Search"
            hideLabel
            compact
            icon={Search}
            placeholder="A number, or a reason"
            value={search}
            onChange={setSearch}
          />
        </Bar>
        <Meaning>
          A dial to one of these is blocked on every desk and says why. The audit log keeps each attempt.
        </Meaning>
        <Trouble error={error} onRetry={reload} />
        <EntryTable
          entries={list && joinPages(list)}
          mayRemove={session.role === "admin"}
          isSearch={wanted !== ""}
          foot={<ShowMore label="Show more" onMore={loadMore} />}
        />
      </Column>
      {open === "new" && <NewNumberForm closeTo={here} mayImport={session.role === "admin"} />}
    </Page>
  );
}

/** Once a number was taken out, a page begins with what the one before ends with. */
function joinPages(pages: readonly z.output<typeof DoNotCallList>[]): Entry[] {
  const byNumber = new Map(pages.flatMap(({ entries }) => entries).map((entry) => [entry.number, entry]));
  return [...byNumber.values()];
}

function EntryTable({
  entries,
  mayRemove,
  isSearch,
  foot,
}: {
  entries: readonly Entry[] | undefined;
  mayRemove: boolean;
  isSearch: boolean;
  foot: ReactNode;
}) {
  const now = useNow();
  const change = useChange();
  const remove = ({ number, reason }: Entry) =>
    void change({
      request: { method: "DELETE", path: `/do-not-call/${number}` },
      undo: [{ method: "POST", path: "/do-not-call", body: { number, reason } }],
      said: `${formatPhone(number)} may be called again.`,
    });
  return (
    <DataTable
      label="Numbers not to call"
      rows={entries}
      rowKey={({ number }) => number}
      empty={
        isSearch ? (
          "Nothing fits this search."
        ) : (
          <>
            No number is kept from being called. <Link to={[...here, "new"]}>Add the first</Link>
          </>
        )
      }
      columns={[
        { title: "Number", width: "160px", cell: ({ number }) => <Phone number={number} /> },
        { title: "Reason", cell: ({ reason }) => reason },
        { title: "Added by", width: "160px", spare: true, cell: ({ byName }) => byName },
        { title: "When", width: "140px", cell: ({ at }) => dayAndTime(new Date(at), now) },
        ...(mayRemove
          ? [
              {
                title: "Actions",
                width: "96px",
                align: "end" as const,
                cell: (entry: Entry) => (
                  <Button
                    kind="quiet"
                    size="small"
                    aria-label={`Allow calls to ${formatPhone(entry.number)} again`}
                    onClick={() => remove(entry)}
                  >
                    Remove
                  </Button>
                ),
              },
            ]
          : []),
      ]}
      foot={foot}
    />
  );
}
