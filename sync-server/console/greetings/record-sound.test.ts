import { afterEach, expect, test, vi } from "vitest";
import { recordSound } from "./record-sound.ts";

afterEach(() => vi.unstubAllGlobals());

/** A browser whose person has not yet said whether the microphone may be used. */
function askingBrowser() {
  const { promise, resolve } = Promise.withResolvers<object>();
  const track = { stopped: false, stop: () => void (track.stopped = true) };
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: () => promise } });
  vi.stubGlobal(
    "MediaRecorder",
    class {
      state = "inactive";
      mimeType = "audio/webm";
      onstop = () => {};
      start() {
        this.state = "recording";
      }
      stop() {
        this.state = "inactive";
        this.onstop();
      }
    },
  );
  return { track, allow: () => resolve({ getTracks: () => [track] }) };
}

test("whoever leaves while the browser asks for the microphone leaves none open", async () => {
  const { track, allow } = askingBrowser();
  const leaving = new AbortController();
  const recording = recordSound(leaving.signal, () => {});
  leaving.abort();
  allow();
  expect(await recording).toBeNull();
  expect(track.stopped).toBe(true);
});

test("the microphone is given back when a recording is forgotten, and when it is finished", async () => {
  for (const end of ["forgotten", "finished"]) {
    const { track, allow } = askingBrowser();
    const leaving = new AbortController();
    allow();
    const recording = await recordSound(leaving.signal, () => {});
    expect(track.stopped).toBe(false);
    if (end === "forgotten") leaving.abort();
    else await recording?.finish();
    expect(track.stopped, end).toBe(true);
  }
});
