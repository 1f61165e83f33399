import type { RecordId } from "../../../shared/entities/id.ts";

type Listener = (callId: RecordId) => void;

/** Calls that somebody who supervises wants ended, of an exchange that only this desk speaks with. */
export type HangUps = {
  tell(message: { callId: RecordId }): void;
  onAsked(listener: Listener): () => void;
};

export function createHangUps(): HangUps {
  const listeners = new Set<Listener>();
  return {
    tell({ callId }) {
      for (const listener of listeners) listener(callId);
    },
    onAsked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
