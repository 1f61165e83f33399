import { readWav } from "./wav.ts";

const largestBytes = 16 * 1024 * 1024;
const timeoutMs = 15_000;

/** Fetches a WAV file for <Play>, as samples at 8 kHz; null where there is none that can be played. */
export async function loadAudio(url: string): Promise<Int16Array | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok || Number(response.headers.get("content-length")) > largestBytes) return null;
    const file = Buffer.from(await response.arrayBuffer());
    return file.length > largestBytes ? null : readWav(file);
  } catch {
    return null;
  }
}
