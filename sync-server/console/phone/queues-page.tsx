import { Queues } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { SettingList } from "../settings/setting-list.tsx";
import { NewQueueForm, QueueEditor } from "./queue-editor.tsx";

const here = ["queues"];

/** Where callers wait, and who takes their calls. */
export function QueuesPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/queues", Queues);
  const all = value?.queues;
  const named = all?.find(({ key }) => key === open);
  const adds = open === "new" && value !== undefined && !named;
  const queue = adds ? undefined : (named ?? all?.find(({ archived }) => !archived));
  return (
    <Page
      crumbs={[
        { label: "Queues", to: here },
        ...(queue ? [{ label: queue.label }] : adds ? [{ label: "New queue" }] : []),
      ]}
      action={!adds && <NewButton label="Add a queue" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Queues">
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label="Queues"
          path="/queues"
          items={all}
          openId={queue?.id}
          addressOf={({ key }) => [...here, key]}
          note={({ userIds, teamIds }) =>
            userIds.length + teamIds.length === 0 ? "Everybody" : sayWho(userIds.length, teamIds.length)
          }
          empty={
            <>
              None: every call rings whoever has been free for longest.{" "}
              <Link to={[...here, "new"]}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={queue?.label ?? "Queue"}>
        {adds && <NewQueueForm existing={all ?? []} />}
        {queue && <QueueEditor key={queue.id} queue={queue} all={all ?? []} />}
      </Column>
    </Page>
  );
}

function sayWho(people: number, teams: number): string {
  const parts = [
    people > 0 && `${people} ${people === 1 ? "person" : "people"}`,
    teams > 0 && `${teams} ${teams === 1 ? "team" : "teams"}`,
  ];
  return parts.filter(Boolean).join(", ");
}
