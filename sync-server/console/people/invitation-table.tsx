import { Button } from "../../../renderer/ui/controls/button.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange } from "../api/use-change.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import { teamNames, type Invitation, type NamedTeam } from "./people-model.ts";

/** Who was asked and has not come yet. */
export function InvitationTable({
  invitations,
  teams,
  mayChange,
}: {
  invitations: readonly Invitation[] | undefined;
  teams: readonly NamedTeam[];
  mayChange: boolean;
}) {
  const now = useNow();
  const change = useChange();
  const takeBack = ({ id, email }: Invitation) =>
    void change({
      request: { method: "DELETE", path: `/people/invitations/${id}` },
      said: `The link for ${email} opens nothing any more.`,
    });
  return (
    <DataTable
      label="Invitations"
      rows={invitations}
      rowKey={({ id }) => id}
      faded={({ expired }) => expired}
      empty={<>Nobody is invited. {mayChange && <Link to={["people", "new"]}>Invite somebody</Link>}</>}
      columns={[
        { title: "E-mail", cell: ({ email }) => email },
        { title: "Role", width: "92px", cell: ({ role }) => roleWords[role] },
        { title: "Teams", spare: true, cell: ({ teamIds }) => teamNames(teamIds, teams) },
        { title: "Invited by", spare: true, cell: ({ invitedBy }) => invitedBy },
        {
          title: "Good until",
          width: "128px",
          cell: ({ expired, expiresAt }) => (expired ? "Expired" : dayAndTime(new Date(expiresAt), now)),
        },
        ...(mayChange
          ? [
              {
                title: "Take back",
                width: "104px",
                align: "end" as const,
                cell: (invitation: Invitation) => (
                  <Button
                    kind="quiet"
                    size="small"
                    aria-label={`Take back the invitation of ${invitation.email}`}
                    onClick={() => takeBack(invitation)}
                  >
                    Take back
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
