import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { FromServer } from "../phone/ask-telephony.ts";

/** An hour of two channels is some 115 MB as WAV: no recording of ours is longer than a working day. */
const maxBytes = 1_000_000_000;
const stalledAfterMs = 120_000;

export type Source = { serverUrl: string; token: string | null };

/** Fetches a recording to `path`, whole or not at all. @param address where the server has it */
export async function fetchTo(
  path: string,
  address: string,
  { serverUrl, token }: Source,
  signal: AbortSignal,
): Promise<FromServer<null>> {
  if (token === null) return refuse("offline", "Sign in again to fetch this recording.");
  const bytes = await download(serverUrl + address, token, signal);
  if (!bytes.ok) return bytes;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  try {
    await writeFile(fresh, bytes.value, { mode: 0o600 });
    await rename(fresh, path);
  } catch {
    await rm(fresh, { force: true });
    return refuse("failed", "This computer could not keep the recording. Make room on its disk.");
  }
  return { ok: true, value: null };
}

async function download(url: string, token: string, signal: AbortSignal): Promise<FromServer<Uint8Array>> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(stalledAfterMs)]),
      redirect: "error",
    });
    if (response.status === 404) return refuse("no-such-call", "The server has no such recording.");
    if (!response.ok) return refuse("failed", `The server did not give the recording (${response.status}).`);
    const length = Number(response.headers.get("content-length") ?? "0");
    if (length > maxBytes) return refuse("failed", "This recording is too large to be kept here.");
    return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return refuse("offline", "The recording is not on this computer, and the server cannot be reached.");
  }
}

export function refuse(code: "offline" | "failed" | "no-such-call" | "not-possible", message: string) {
  return { ok: false as const, error: { code, message }, blocked: null };
}
