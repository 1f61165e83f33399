import { useRef } from "react";
import { typingToldMs } from "../../../shared/bot/wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { tellTyping } from "../../../shared/rpc/contract/chats.ts";
import { useCommand } from "../../client/index.ts";

/** Tells the visitor that somebody writes, not with every key. Nobody waits for it, and what fails is not said again. */
export function useTellTyping(chatId: RecordId): () => void {
  const tell = useCommand(tellTyping);
  const toldAt = useRef(-typingToldMs);
  return () => {
    const now = performance.now();
    if (now - toldAt.current < typingToldMs) return;
    toldAt.current = now;
    void tell({ chatId });
  };
}
