import { buildStale, templates } from "../tools/builds.ts";

/**
 * Vitest runs this before: new databases are made from templates, as they are for users. Most tests need none, and
 * those that do fail by themselves.
 */
export default async function setUp(): Promise<void> {
  await buildStale(templates).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}
