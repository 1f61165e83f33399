import { buildStale, templates } from "../tools/builds.ts";

/** Vitest runs this before: new databases are made from templates, as they are for users. */
export default function setUp(): Promise<void> {
  return buildStale(templates);
}
