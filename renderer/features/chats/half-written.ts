import { createKeptScreenState } from "../../client/index.ts";

type HalfWritten = { text: string; sayingId: string };

const nothing: HalfWritten = { text: "", sayingId: "" };
const useAll = createKeptScreenState<Record<string, HalfWritten>>("half-written", () => ({}));

/** What is half written to a visitor, by conversation: nothing of it goes while somebody looks elsewhere, is offline or loads the window anew. */
export function useHalfWritten(chatId: string): HalfWritten {
  return useAll((all) => all[chatId] ?? nothing);
}

/** The same words keep their id: sent again after an answer that was lost, they are said once. */
export function writeHalf(chatId: string, text: string): void {
  useAll.setState((all) => ({
    [chatId]: { text, sayingId: text === all[chatId]?.text ? all[chatId].sayingId : crypto.randomUUID() },
  }));
}

/** What somebody has begun meanwhile is theirs, and stays. */
export function proposeHalf(chatId: string, text: string): void {
  if (readHalf(chatId).text.trim() === "") writeHalf(chatId, text);
}

export function readHalf(chatId: string): HalfWritten {
  return useAll.getState()[chatId] ?? nothing;
}
