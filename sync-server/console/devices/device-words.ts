import type { z } from "zod";
import type { Device as WireDevice, Session as WireSession } from "../../admin/wire.ts";

export type Device = z.output<typeof WireDevice>;
export type Session = z.output<typeof WireSession>;

export const stateWords: Record<Device["state"], string> = {
  "signed-in": "Signed in",
  "signed-out": "Signed out",
  revoked: "Revoked",
  "wipe-pending": "Wipe waits for it",
  wiped: "Wiped",
};

export const platformWords: Record<string, string> = {
  windows: "Windows",
  macos: "macOS",
  linux: "Linux",
  other: "Other",
};

export const revokeWords =
  "Revoke signs a device out. It keeps what it holds, unsent edits too, until the same person signs in there again.";
export const wipeWords =
  "Wipe also removes everything the device holds, the next time it connects. Edits not sent by then are lost.";

/** A wipe can follow a revocation; neither can follow a wipe. */
export function mayRevoke({ state }: Pick<Device, "state">): boolean {
  return state === "signed-in" || state === "signed-out";
}

export function mayWipe({ state }: Pick<Device, "state">): boolean {
  return state !== "wiped" && state !== "wipe-pending";
}

const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
  ["Edge", /Edg\//u],
  ["Opera", /OPR\//u],
  ["Firefox", /Firefox\//u],
  ["Chrome", /Chrom(?:e|ium)\//u],
  ["Safari", /Safari\//u],
];
const systems: readonly (readonly [name: string, sign: RegExp])[] = [
  ["Android", /Android/u],
  ["iOS", /iPhone|iPad/u],
  ["Windows", /Windows/u],
  ["macOS", /Mac OS X/u],
  ["Linux", /Linux/u],
];

/** "Chrome on Windows": what a browser says about itself, as far as it can be understood. */
export function browserName(userAgent: string): string {
  const named = (list: typeof browsers) => list.find(([, sign]) => sign.test(userAgent))?.[0];
  const [browser, system] = [named(browsers), named(systems)];
  if (browser === undefined) return userAgent === "" ? "A browser" : userAgent.slice(0, 60);
  return system === undefined ? browser : `${browser} on ${system}`;
}
