import { listChats } from "../../../shared/rpc/contract/chats.ts";
import { useLive } from "../../client/index.ts";

/** How many visitors wait for somebody of us: the badge of the rail. */
export function useChatsWaiting(): number {
  return useLive(listChats, { show: "open" }).value?.waiting ?? 0;
}
