import { useRef, useState } from "react";

/**
 * Shows what was just changed before the server has answered, and sends one change after the other: whoever types
 * faster than the network changes what they see, not what it was.
 * @param value what the server said last
 */
export function useUnsaved<T>(value: T): {
  shown: T;
  /** What is shown is on its way still. */
  saving: boolean;
  /** Shows `next` and sends it; refused, what the server said is shown again. @returns what `send` does */
  keep: (next: T, send: () => Promise<boolean>) => Promise<boolean>;
} {
  const [unsaved, setUnsaved] = useState<{ next: T } | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const keep = (next: T, send: () => Promise<boolean>) => {
    const mine = { next };
    setUnsaved(mine);
    const settle = () => setUnsaved((latest) => (latest === mine ? null : latest));
    const sent = queue.current.then(send);
    queue.current = sent.then(settle, settle);
    return sent;
  };
  return { shown: unsaved ? unsaved.next : value, saving: unsaved !== null, keep };
}
