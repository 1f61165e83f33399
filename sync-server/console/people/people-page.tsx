import { Search } from "lucide-react";
import { useState } from "react";
import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { Avatar } from "../../../renderer/ui/display/avatar.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { People, Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Bar, Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import { InvitationTable } from "./invitation-table.tsx";
import { InviteForm } from "./invite-form.tsx";
import { findPeople, teamNames, type Member } from "./people-model.ts";
import { PersonDetail } from "./person-detail.tsx";
import styles from "./people.module.css";

type View = "active" | "invited" | "away";
const here = ["people"];

/** Everybody of the tenant; one of them, or an invitation to be written, beside the list. */
export function PeoplePage({ session, rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/people", People);
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  const [view, setView] = useState<View>("active");
  const [typed, setTyped] = useState("");
  const isAdmin = session.role === "admin";
  const person = value?.people.find(({ userId }) => userId === open);
  const active = value?.people.filter((one) => one.active);
  const away = value?.people.filter((one) => !one.active);
  const shown = view === "away" ? away : active;
  return (
    <Page
      crumbs={[{ label: "People", to: here }, ...crumbOf(person?.name, open)]}
      action={isAdmin && open !== "new" && <NewButton label="Invite" to={[...here, "new"]} />}
    >
      <Column kind="main" label="Everybody">
        <Bar>
          <Tabs<View>
            label="Who is shown"
            value={view}
            onChange={setView}
            tabs={[
              { key: "active", label: "Active", count: active?.length },
              { key: "invited", label: "Invited", count: value?.invitations.length },
              { key: "away", label: "Deactivated", count: away?.length },
            ]}
          />
          {view !== "invited" && (
            <span className={styles["find"]}>
              <TextInput
                label="Find people"
                hideLabel
                compact
                icon={Search}
                placeholder="Find by name, e-mail or team"
                value={typed}
                onChange={setTyped}
              />
            </span>
          )}
        </Bar>
        <Trouble error={error} onRetry={reload} />
        {view === "invited" ? (
          <InvitationTable invitations={value?.invitations} teams={teams} mayChange={isAdmin} />
        ) : (
          <DataTable
            label="People"
            columns={columnsFor(teams, session.user.id)}
            rows={shown && findPeople(shown, teams, typed)}
            rowKey={(row) => row.userId}
            rowTo={(row) => [...here, row.userId]}
            selected={open}
            empty={<NobodyHere view={view} isFound={typed !== ""} isAdmin={isAdmin} />}
          />
        )}
      </Column>
      {open === "new" && isAdmin && <InviteForm teams={teams} />}
      {person && <PersonDetail key={person.userId} person={person} teams={teams} session={session} />}
    </Page>
  );
}

function crumbOf(name: string | undefined, open: string | undefined) {
  if (open === "new") return [{ label: "Invite somebody" }];
  return name === undefined ? [] : [{ label: name }];
}

function NobodyHere({ view, isFound, isAdmin }: { view: View; isFound: boolean; isAdmin: boolean }) {
  if (isFound) return "Nobody fits what you typed.";
  if (view === "away") return "Nobody is deactivated.";
  return <>Nobody yet. {isAdmin && <Link to={[...here, "new"]}>Invite somebody</Link>}</>;
}

function columnsFor(
  teams: readonly { id: string; name: string }[],
  me: string,
): readonly DataColumn<Member>[] {
  return [
    {
      title: "Name",
      cell: ({ name, userId }) => (
        <>
          <Avatar name={name} me={userId === me} />
          <span className="cut">{name}</span>
        </>
      ),
    },
    { title: "E-mail", cell: ({ email }) => email, spare: true },
    { title: "Role", width: "92px", cell: ({ role }) => roleWords[role] },
    { title: "Teams", cell: ({ teamIds }) => teamNames(teamIds, teams) },
    {
      title: "Sign-in",
      width: "128px",
      spare: true,
      cell: ({ hasSecondFactor }) => (hasSecondFactor ? "Two factors" : "Password only"),
    },
  ];
}
