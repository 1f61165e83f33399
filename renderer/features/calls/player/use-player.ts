import { useCallback, useEffect, useRef, useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { fetchRecording } from "../../../../shared/rpc/contract/phone.ts";
import { useClient } from "../../../client/index.ts";
import { fetchFile } from "../../../client/save-file.ts";
import type { Wave } from "./open-wave.ts";
import { useMissing } from "./use-missing.ts";

export type Player = {
  state: "idle" | "loading" | "paused" | "playing";
  trouble: string | null;
  /** It is neither on this computer nor to be had now. */
  missing: boolean;
  atMs: number;
  durationMs: number;
  speed: number;
  /** Where the wave is drawn. */
  place: (element: HTMLElement | null) => void;
  toggle: () => void;
  playFrom: (ms: number) => void;
  setSpeed: (speed: number) => void;
};

/** The recording of one call: fetched when it is first played, given back when it is left. */
export function usePlayer(callId: RecordId): Player {
  const client = useClient();
  const unreachable = useMissing(callId);
  const place = useRef<HTMLElement | null>(null);
  const wave = useRef<Wave | null>(null);
  const [state, setState] = useState<Player["state"]>("idle");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [atMs, setAtMs] = useState(0);
  const [durationMs, setDurationMs] = useState(0);
  const [speed, setSpeed] = useState(1);
  useEffect(() => () => wave.current?.destroy(), []);

  const fail = (message: string) => {
    setTrouble(message);
    setState("idle");
  };
  const load = async (fromMs: number) => {
    setState("loading");
    setTrouble(null);
    const result = await client.call(fetchRecording, { callId });
    if (!result.ok) return fail(result.error.message);
    if (!result.value.ok) return fail(result.value.error.message);
    const { fileId, mediaType } = result.value.value;
    const [{ openWave }, recording] = await Promise.all([
      import("./open-wave.ts"),
      fetchFile(client, fileId, mediaType),
    ]);
    if (!place.current) return;
    wave.current?.destroy();
    const opened = openWave(place.current, recording, {
      ready(duration) {
        setDurationMs(duration);
        void opened.playFrom(fromMs);
      },
      at: setAtMs,
      playing: (on) => setState(on ? "playing" : "paused"),
      failed: () => fail("This recording cannot be played."),
    });
    wave.current = opened;
  };
  const playFrom = (ms: number) => void (wave.current ? wave.current.playFrom(ms) : load(ms));
  return {
    state,
    trouble,
    // What has begun to play is at hand, whatever comes of the file.
    missing: unreachable && state === "idle" && trouble === null,
    atMs,
    durationMs,
    speed,
    place: useCallback((element: HTMLElement | null) => {
      place.current = element;
    }, []),
    toggle() {
      if (state === "loading") return;
      if (wave.current) void wave.current.playPause();
      else void load(0);
    },
    playFrom,
    setSpeed(next) {
      wave.current?.setSpeed(next);
      setSpeed(next);
    },
  };
}
