import type { PageProps } from "../frame/pages.ts";
import { SettingPage } from "../settings/setting-page.tsx";
import { sayMembers } from "./member-fields.tsx";
import { NewQueueForm, QueueEditor, queueKind } from "./queue-editor.tsx";

/** Where callers wait, and who takes their calls. */
export function QueuesPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      of={queueKind}
      title="Queues"
      itemsOf={({ queues }) => queues}
      open={open}
      note={(queue) => sayMembers(queue)}
      empty="None: every call rings whoever has been free for longest."
      editor={(queue, all) => <QueueEditor key={queue.id} queue={queue} all={all} />}
      form={(all) => <NewQueueForm all={all} />}
    />
  );
}
