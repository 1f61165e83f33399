import { buildStale, templates } from "../tools/builds.ts";

/** Tests that start desks and servers and kill them run what users run: the build loads several times faster than the sources. */
export default async function setUp(): Promise<void> {
  await buildStale(["desktop", "server", ...templates]);
}
