import { useEffect, useRef, useState } from "react";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { greetingSoundPath, GreetingSound } from "../../../shared/calls/greeting-wire.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import { sendSound } from "../api/ask.ts";
import { belowApi, useAnswers } from "../api/use-answer.ts";
import { greetingKind } from "./greeting-words.ts";
import { recordSound, type Recording } from "./record-sound.ts";
import { readSound } from "./telephone-sound.ts";

export type SoundStep =
  | { at: "rest" }
  /** The browser asks whether the microphone may be used. */
  | { at: "asking" }
  /** @param since ms since the epoch */
  | { at: "recording"; since: number }
  | { at: "saving" };

/** A greeting's sound on its way: recorded or read from a file, made a telephone's, and kept by the server. */
export function useSound({ id, label }: Greeting) {
  const answers = useAnswers();
  const toast = useToast();
  const recording = useRef<Recording | null>(null);
  const microphone = useRef<AbortController | null>(null);
  const [step, setStep] = useState<SoundStep>({ at: "rest" });
  const [trouble, setTrouble] = useState<string | null>(null);
  // Whoever leaves the page leaves no open microphone behind.
  useEffect(() => () => microphone.current?.abort(), []);

  const take = async (file: Blob) => {
    setTrouble(null);
    setStep({ at: "saving" });
    const kept = await keep(id, file);
    await answers.refresh(greetingKind.path);
    setStep({ at: "rest" });
    if (kept.ok) toast({ text: `“${label}” is recorded.` });
    else setTrouble(kept.error);
  };
  const finish = async () => {
    const ended = recording.current;
    recording.current = null;
    if (ended) await take(await ended.finish());
  };
  const record = async () => {
    const asked = new AbortController();
    microphone.current = asked;
    setTrouble(null);
    setStep({ at: "asking" });
    try {
      recording.current = await recordSound(asked.signal, () => void finish());
      if (recording.current) setStep({ at: "recording", since: Date.now() });
    } catch {
      setStep({ at: "rest" });
      setTrouble("The microphone cannot be used. Allow it for this page in the browser, or upload a file.");
    }
  };
  const cancel = () => {
    microphone.current?.abort();
    recording.current = null;
    setStep({ at: "rest" });
  };
  return {
    step,
    trouble,
    take: (file: Blob) => void take(file),
    record: () => void record(),
    finish: () => void finish(),
    cancel,
  };
}

async function keep(id: string, file: Blob): Promise<Result<unknown, string>> {
  const sound = await readSound(file);
  if (!sound.ok) return sound;
  const answer = await sendSound(belowApi(greetingSoundPath(id)), sound.value, GreetingSound);
  return answer.ok ? answer : err(answer.error.message);
}
