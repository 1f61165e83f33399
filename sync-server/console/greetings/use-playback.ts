import { useEffect, useRef, useState } from "react";
import { greetingSoundPath } from "../../../shared/calls/greeting-wire.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";

/** Plays what is recorded, from its beginning. */
export function usePlayback({ id, sound }: Pick<Greeting, "id" | "sound">) {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  const stop = () => {
    audio.current?.pause();
    audio.current = null;
    setPlaying(false);
  };
  useEffect(() => () => audio.current?.pause(), []);
  const play = () => {
    // Its key makes the address a new one, past whatever the browser has kept.
    const next = new Audio(`${greetingSoundPath(id)}?key=${sound}`);
    audio.current = next;
    next.onended = stop;
    next.onerror = stop;
    setPlaying(true);
    void next.play().catch(stop);
  };
  return { playing, toggle: playing ? stop : play };
}
