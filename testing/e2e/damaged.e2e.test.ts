import { globSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./stage.ts";
import {
  expectOffline,
  expectSynced,
  fieldOf,
  openLead,
  openOfflineDesk,
  reopenDesk,
  setField,
} from "./desk-page.ts";

test("a replica that was cut off by a power cut is built anew by itself, with the edits that were never sent", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openOfflineDesk(stage, browser);
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await setField(page, "Decision", "Said before the lights went out");
  await expectOffline(page, "1 unsent");
  await desk.close();
  const [control, ...others] = globSync("replicas/*/database/**/pg_control", { cwd: desk.dataDir });
  expect(others).toEqual([]);
  truncateSync(join(desk.dataDir, control ?? ""), 100);

  await stage.startServer();
  await reopenDesk(stage, { page, desk });
  await expectSynced(page);
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(page, "Decision")).toContainText("Said before the lights went out");
  expect(globSync("replicas/*/database.damaged-*", { cwd: desk.dataDir })).toHaveLength(1);
});
