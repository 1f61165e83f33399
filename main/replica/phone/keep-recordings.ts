import { createHash } from "node:crypto";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { telephonyPaths } from "../../../shared/calls/server-wire.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import type { Reads } from "../replica.ts";
import type { FromServer } from "./ask-telephony.ts";

export type Recording = { fileId: string; sizeBytes: number; mediaType: string };
export type FetchRecording = (callId: string) => Promise<FromServer<Recording>>;

/** An hour of two channels is some 115 MB as WAV: no recording of ours is longer than a working day. */
const maxBytes = 1_000_000_000;
const stalledAfterMs = 120_000;

/** Fetches recordings once and keeps them in the person's folder, so that they can be heard without a network. */
export function createRecordings(ports: {
  serverUrl: string;
  token: string | null;
  folder: string;
  reads: Reads;
  shelf: FileShelf;
}): FetchRecording {
  const { folder, reads, shelf } = ports;
  const underWay = new Map<string, Promise<FromServer<Recording>>>();

  async function open(key: string): Promise<FromServer<Recording>> {
    const path = join(folder, createHash("sha256").update(key).digest("hex"));
    if (!(await isThere(path))) {
      const fetched = await fetchTo(path, key, ports);
      if (!fetched.ok) return fetched;
    }
    const { fileId, sizeBytes } = await shelf.put(path, `${key}.wav`);
    return { ok: true, value: { fileId, sizeBytes, mediaType: "audio/wav" } };
  }

  return async (callId) => {
    const call = await reads.get("calls", callId);
    const key = call?.line?.recordingKey || call?.recording || "";
    if (key === "") return refuse("no-such-call", "This call has no recording.");
    const opening = underWay.get(key) ?? open(key).finally(() => underWay.delete(key));
    underWay.set(key, opening);
    return opening;
  };
}

async function fetchTo(
  path: string,
  key: string,
  { serverUrl, token, folder }: { serverUrl: string; token: string | null; folder: string },
): Promise<FromServer<null>> {
  if (token === null) return refuse("offline", "Sign in again to fetch this recording.");
  const bytes = await download(serverUrl + telephonyPaths.recording(key), token);
  if (!bytes.ok) return bytes;
  await mkdir(folder, { recursive: true, mode: 0o700 });
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

async function download(url: string, token: string): Promise<FromServer<Uint8Array>> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(stalledAfterMs),
      redirect: "error",
    });
    if (response.status === 404) return refuse("no-such-call", "The server has no recording of this call.");
    if (!response.ok) return refuse("failed", `The server did not give the recording (${response.status}).`);
    const length = Number(response.headers.get("content-length") ?? "0");
    if (length > maxBytes) return refuse("failed", "This recording is too large to be kept here.");
    return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return refuse("offline", "The recording is not on this computer, and the server cannot be reached.");
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function refuse(code: "offline" | "failed" | "no-such-call", message: string) {
  return { ok: false as const, error: { code, message }, blocked: null };
}
