import { useEffect, useRef, useState } from "react";
import {
  archiveType,
  mostArchiveBytes,
  RecordingImport,
  recordingImportsPath,
} from "../../../shared/calls/recording-import-wire.ts";
import { sendFile } from "../api/ask.ts";
import { belowApi, useAnswers } from "../api/use-answer.ts";
import { goOnFromHere } from "../frame/address.ts";

export const importsPath = belowApi(recordingImportsPath);

type Sending = { fileName: string; doneBytes: number; totalBytes: number };

/** An archive on its way to the server; what it holds is opened once it is there. */
export function useArchive() {
  const answers = useAnswers();
  const [sending, setSending] = useState<Sending | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (file: File) => {
    const goOn = goOnFromHere();
    if (file.size > mostArchiveBytes) {
      setTrouble(`${file.name} is larger than ${mostArchiveBytes / 1e9} GB.`);
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    const about = { fileName: file.name, totalBytes: file.size };
    setTrouble(null);
    setSending({ ...about, doneBytes: 0 });
    const kept = await sendFile(
      `${importsPath}?name=${encodeURIComponent(file.name)}`,
      {
        ...{ file, type: archiveType, signal: controller.signal },
        onSent: (doneBytes) => setSending({ ...about, doneBytes }),
      },
      RecordingImport,
    );
    setSending(null);
    if (controller.signal.aborted) return;
    if (!kept.ok) return setTrouble(kept.error.message);
    await answers.refresh(importsPath);
    goOn("recordings", kept.value.id);
  };
  return { sending, trouble, send: (file: File) => void send(file), cancel: () => running.current?.abort() };
}
