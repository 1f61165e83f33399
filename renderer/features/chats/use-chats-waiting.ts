import { chatsWaiting } from "../../../shared/rpc/contract/chats.ts";
import { useLive } from "../../client/index.ts";

/** How many visitors wait for somebody of us: the badge of the rail. */
export function useChatsWaiting(): number {
  return useLive(chatsWaiting, {}).value?.waiting ?? 0;
}
