import { People, Teams } from "../../admin/wire.ts";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Column, Detail, Facts, NewButton, Page, Trouble } from "../parts/page.tsx";
import { NewTeamForm } from "./new-team-form.tsx";
import { TeamEditor, type NamedPerson } from "./team-editor.tsx";

const here = ["teams"];

/** Teams decide who sees which records; the one that is open is changed beside the list. */
export function TeamsPage({ session, rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/teams", Teams);
  const people: readonly NamedPerson[] = useAnswer("/people", People).value?.people ?? [];
  const isAdmin = session.role === "admin";
  const team = value?.teams.find(({ id }) => id === open);
  const namesOf = (userIds: readonly string[]) =>
    people
      .filter(({ userId }) => userIds.includes(userId))
      .map(({ name }) => name)
      .join(", ");
  return (
    <Page
      crumbs={[
        { label: "Teams", to: here },
        ...(team ? [{ label: team.name }] : open === "new" ? [{ label: "New team" }] : []),
      ]}
      action={isAdmin && open !== "new" && <NewButton label="Make a team" to={[...here, "new"]} />}
    >
      <Column kind="main" label="Teams">
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="Teams"
          rows={value?.teams}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          columns={[
            { title: "Team", width: "220px", cell: ({ name }) => <span className="cut">{name}</span> },
            { title: "People", width: "80px", align: "end", cell: ({ userIds }) => userIds.length },
            { title: "Who", cell: ({ userIds }) => namesOf(userIds) },
          ]}
          empty={
            <>
              No teams: agents see only what is theirs.{" "}
              {isAdmin && <Link to={[...here, "new"]}>Make one</Link>}
            </>
          }
        />
      </Column>
      {open === "new" && isAdmin && <NewTeamForm people={people} />}
      {team && (
        <Detail
          key={team.id}
          title={team.name}
          subtitle={countOf(team.userIds.length, "person", "people")}
          closeTo={here}
        >
          {isAdmin ? (
            <TeamEditor team={team} people={people} />
          ) : (
            <Facts facts={[["People", namesOf(team.userIds)]]} />
          )}
        </Detail>
      )}
    </Page>
  );
}
