import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { Link } from "../parts/link.tsx";
import { Meaning } from "../parts/page.tsx";
import { ListRow, RowHeading, RowList } from "../parts/row-list.tsx";
import type { Versions } from "./playbook-versions.ts";

export function PlaybookList({ all }: { all: readonly Versions[] | undefined }) {
  if (!all) return null;
  const used = all.filter(({ archived }) => !archived);
  const archived = all.filter((one) => one.archived);
  return (
    <>
      <Meaning>
        What a good call has, and what helps when something comes up. Of several that are for a call, the one
        that says most about it counts: its call list, its queue, its team, its direction.
      </Meaning>
      {used.length === 0 && (
        <EmptyState>
          None: agents see figures of their calls, and nothing else.{" "}
          <Link to={["playbooks", "new"]}>Add the first</Link>
        </EmptyState>
      )}
      <RowList>
        {used.map((one) => (
          <PlaybookRow key={one.key} of={one} />
        ))}
        {archived.length > 0 && <RowHeading>Archived</RowHeading>}
        {archived.map((one) => (
          <PlaybookRow key={one.key} of={one} />
        ))}
      </RowList>
    </>
  );
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
