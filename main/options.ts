import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

const Options = z.object({
  shell: z.enum(["electron", "localhost"]),
  /** Where this desk keeps everything it keeps. */
  dataDir: z.string().min(1),
  /** Of the localhost shell; 0 = any free one. */
  port: z.coerce.number().int().min(0).max(65_535),
  /** Base address of the sync-server, without a trailing slash. */
  serverUrl: z.url({ protocol: /^https?$/u }).transform((url) => url.replace(/\/+$/u, "")),
  deviceName: z.string().min(1).max(100),
  /** Show the desk as soon as it is ready. */
  open: z.boolean(),
  /** Sign in as the demo tenant's first agent on a new folder. */
  demo: z.boolean(),
  secrets: z.enum(["keychain", "file"]),
});
export type Options = z.infer<typeof Options>;

/** What the command line says, checked. Throws with a sentence for a person. */
export function readOptions(argv: string[], runsInElectron: boolean): Options {
  const { values } = parseArgs({
    args: argv,
    // Electron adds arguments of its own, such as the addresses of `tel:` links.
    strict: !runsInElectron,
    allowPositionals: runsInElectron,
    allowNegative: true,
    options: {
      shell: { type: "string", default: runsInElectron ? "electron" : "localhost" },
      data: { type: "string", default: defaultDataDir() },
      port: { type: "string", default: "0" },
      server: { type: "string", default: process.env["RINGSIDE_SERVER"] || "http://127.0.0.1:4780" },
      open: { type: "boolean", default: true },
      demo: { type: "boolean", default: false },
      secrets: { type: "string", default: "keychain" },
    },
  });
  const parsed = Options.safeParse({
    shell: values.shell,
    dataDir: resolve(String(values.data)),
    port: values.port,
    serverUrl: values.server,
    deviceName: hostname().slice(0, 100) || "this computer",
    open: values.open,
    demo: values.demo,
    secrets: values.secrets,
  });
  if (!parsed.success) throw new Error(`These options do not work: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function defaultDataDir(): string {
  const home = homedir();
  if (process.platform === "darwin") return join(home, "Library", "Application Support", "Ringside");
  if (process.platform === "win32")
    return join(process.env["APPDATA"] ?? join(home, "AppData", "Roaming"), "Ringside");
  return join(process.env["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "ringside");
}
