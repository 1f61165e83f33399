import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { packageScript, runAloud } from "./processes.ts";

const require = createRequire(import.meta.url);
const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const knownPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium that is already on this machine: CHROMIUM_PATH, the system's, or Playwright's own; null = none. */
export function findChromium(): string | null {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => commands.map((command) => join(folder, command)));
  const places = [process.env["CHROMIUM_PATH"], ...onPath, ...knownPlaces, playwrightChromium()];
  return places.find((place) => place !== undefined && isExecutable(place)) ?? null;
}

/** As findChromium, and otherwise installs one: through Playwright, or as root on Debian through apt. */
export async function findOrInstallChromium(): Promise<string | null> {
  return findChromium() ?? (await installThroughPlaywright()) ?? (await installThroughApt());
}

async function installThroughPlaywright(): Promise<string | null> {
  console.log("No Chromium on this machine; asking Playwright for one…");
  const withDependencies = process.getuid?.() === 0 ? ["--with-deps"] : [];
  const command = [packageScript("@playwright/test/cli.js"), "install", ...withDependencies, "chromium"];
  await runAloud(process.execPath, command, { timeout: 600_000 });
  return findChromium();
}

async function installThroughApt(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  console.log("Playwright's download is out of reach; asking apt…");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runAloud("apt-get", ["update", "-q"], { env });
  await runAloud("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { env });
  return findChromium();
}

function playwrightChromium(): string | undefined {
  const { chromium } = require("@playwright/test") as typeof import("@playwright/test");
  return chromium.executablePath() || undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
