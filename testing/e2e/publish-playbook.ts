import type { PlaybookEdit } from "../../sync-server/admin/playbooks/wire.ts";
import type { Stage } from "../processes/stage.ts";
import { signInAdmin } from "./admin-api.ts";

type Known = { playbooks: { key: string; state: string; rev: number }[] };

/** Makes these changes to a playbook and publishes it, as an admin does in the console. One that is not there is made. */
export async function publishPlaybook(
  stage: Pick<Stage, "serverUrl">,
  { key, label }: { key: string; label: string },
  edits: readonly PlaybookEdit[],
): Promise<void> {
  const admin = await signInAdmin(stage);
  const { playbooks: before } = await admin.ask<Known>("GET", "/playbooks");
  if (!before.some((one) => one.key === key)) await admin.ask("POST", "/playbooks", { key, label });
  const path = `/playbooks/${key}/draft`;
  let playbooks = before;
  for (const edit of edits) playbooks = (await admin.ask<Known>("PATCH", path, edit)).playbooks;
  const draft = playbooks.find((one) => one.key === key && one.state === "draft");
  await admin.ask("POST", `${path}/publish`, { rev: draft?.rev });
}
