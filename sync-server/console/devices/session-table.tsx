import { Button } from "../../../renderer/ui/controls/button.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange } from "../api/use-change.ts";
import { DataTable } from "../parts/data-table.tsx";
import { browserName, type Device, type Session } from "./device-words.ts";

/** Who is signed in where, right now. */
export function SessionTable({
  sessions,
  devices,
  showsPerson,
}: {
  sessions: readonly Session[] | undefined;
  /** Names of the desks that sessions belong to. */
  devices: readonly Device[];
  showsPerson: boolean;
}) {
  const now = useNow();
  const change = useChange();
  const placeOf = ({ deviceId, userAgent }: Session) =>
    deviceId === null
      ? browserName(userAgent)
      : (devices.find(({ id }) => id === deviceId)?.name ?? "A desk");
  const end = (session: Session) =>
    void change({
      request: { method: "DELETE", path: `/sessions/${session.id}` },
      said: `The session of ${session.userName} on ${placeOf(session)} has ended. They can sign in again.`,
      touches: ["/sessions", "/devices"],
    });
  return (
    <DataTable
      label="Sessions"
      rows={sessions}
      rowKey={({ id }) => id}
      empty="Nobody is signed in."
      columns={[
        { title: "Where", cell: (session) => placeOf(session) },
        ...(showsPerson ? [{ title: "Person", cell: ({ userName }: Session) => userName }] : []),
        {
          title: "Kind",
          width: "80px",
          spare: true,
          cell: ({ deviceId }) => (deviceId ? "Desk" : "Browser"),
        },
        { title: "Address", width: "132px", spare: true, cell: ({ ip }) => ip },
        {
          title: "Signed in",
          width: "132px",
          cell: ({ createdAt }) => dayAndTime(new Date(createdAt), now),
        },
        {
          title: "Actions",
          width: "104px",
          align: "end",
          cell: (session) =>
            session.current ? (
              "This one"
            ) : (
              <Button
                kind="quiet"
                size="small"
                aria-label={`End the session of ${session.userName} on ${placeOf(session)}`}
                onClick={() => end(session)}
              >
                End
              </Button>
            ),
        },
      ]}
    />
  );
}
