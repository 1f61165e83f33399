import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildStale, templates } from "../../tools/builds.ts";
import { makeServerFolder } from "../processes/server-folder.ts";

/** Enough to scroll, to search and to choose among; every device of every test receives them all. */
const leadCount = 200;

/**
 * Builds what desks and servers serve, and makes a small demo tenant once; every test works on a copy. Playwright runs
 * this before, and what it answers after.
 */
export default async function setUp(): Promise<() => void> {
  await buildStale(["renderer", "console", "desktop", "server", ...templates]);
  const folder = mkdtempSync(join(tmpdir(), "ringside-demo-"));
  await makeServerFolder(folder, undefined, leadCount);
  process.env["RINGSIDE_DEMO"] = folder;
  // Most tests never ring anybody.
  process.env["DEMO_CARRIER_AHEAD"] = "false";
  // Nor do they read what was said long ago.
  process.env["DEMO_PAST_TALKS"] = "false";
  // That of identity-provider.e2e.test.ts runs on this machine.
  process.env["PRIVATE_IDENTITY_PROVIDERS"] = "true";
  process.env["PRIVATE_EXCHANGES"] = "true";
  return () => rmSync(folder, { recursive: true, force: true });
}
