import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildStale, templates } from "../tools/builds.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder for what several test files share; removed after the last of them. */
    databases: string;
  }
}

/**
 * Vitest runs this before, and what it answers after: new databases are made from templates, as they are for users.
 * Most tests need none, and those that do fail by themselves.
 */
export default async function setUp(project: TestProject): Promise<() => void> {
  await buildStale(templates).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  const folder = mkdtempSync(join(tmpdir(), "ringside-unit-"));
  project.provide("databases", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
