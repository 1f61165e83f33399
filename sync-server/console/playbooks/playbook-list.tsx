import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { shippedId } from "../../../shared/coaching/shipped/shipped.ts";
import { useChange, type Request } from "../api/use-change.ts";
import { Link } from "../parts/link.tsx";
import { Meaning } from "../parts/page.tsx";
import { ReorderList } from "../parts/reorder-list.tsx";
import { ListRow, RowHeading, RowList } from "../parts/row-list.tsx";
import type { Versions } from "./playbook-versions.ts";

export function PlaybookList({ all }: { all: readonly Versions[] | undefined }) {
  const change = useChange();
  if (!all) return null;
  const used = all.filter(({ archived }) => !archived);
  const archived = all.filter((one) => one.archived);
  return (
    <>
      <Meaning>
        What a good call has, and what helps when something comes up. Of several that are for a call, the one
        that says most about it counts: its call list, its queue, its team, its direction; then the first
        here.
      </Meaning>
      {used.length === 0 && (
        <EmptyState>
          None: agents see figures of their calls, and nothing else.{" "}
          <Link to={["playbooks", "new", shippedId("starter")]}>Begin with one that fits every call</Link>, or{" "}
          <Link to={["playbooks", "new"]}>write your own</Link>.
        </EmptyState>
      )}
      <RowList>
        <ReorderList
          label="Playbooks"
          items={used}
          idOf={({ key }) => key}
          nameOf={({ label }) => label}
          render={(one) => <PlaybookRow of={one} />}
          onReorder={(keys) =>
            void change({
              request: order(keys),
              undo: [order(used.map(({ key }) => key))],
              said: "The order is changed.",
            })
          }
        />
        {archived.length > 0 && <RowHeading>Archived</RowHeading>}
        {archived.map((one) => (
          <PlaybookRow key={one.key} of={one} />
        ))}
      </RowList>
    </>
  );
}

function order(keys: readonly string[]): Request {
  return { method: "PUT", path: "/playbooks/order", body: { keys } };
}

function PlaybookRow({ of: { key, label, archived, draft, live, edited } }: { of: Versions }) {
  const counts = `${countOf(edited.items.length, "item")}, ${countOf(edited.cards.length, "card")}`;
  const states = [live && `${live.version} is live`, draft && `draft ${draft.version}`].filter(Boolean);
  return (
    <ListRow to={["playbooks", key]} isOpen={false} faded={archived} note={`${counts}; ${states.join(", ")}`}>
      {label}
    </ListRow>
  );
}
