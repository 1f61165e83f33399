export { readChatsSearch } from "./chats-search.ts";
export { useChatsWaiting } from "./use-chats-waiting.ts";
