// `npm run sync-server`: the server alone, as it was built. Its settings come from the environment (.env.example);
// subcommands such as `backup FILE` are its own and are handed on.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildStale } from "./builds.ts";
import { root } from "./processes.ts";
import { readFlag } from "./read-flag.ts";

const environment = join(root, ".env");
if (existsSync(environment)) process.loadEnvFile(environment);
const serves = process.argv.length === 2;
if (process.connected) {
  // Started by another tool, which has built what it wants. When that one is gone, the server shuts down as if told.
  if (serves) process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
} else await buildStale(serves ? ["console", "server", "server-template"] : ["server"]);
const program = readFlag("RINGSIDE_SERVER_SOURCES") ? "sync-server/index.ts" : "dist/sync-server/index.js";
await import(pathToFileURL(join(root, program)).href);
// It listens, or has said why it does not.
if (serves && process.connected && process.exitCode === undefined) process.send?.("serves");
