export interface ChatsSearch {
  /** Which are listed; those that go on without it. */
  show?: "ended";
  /** The conversation that is open. */
  open?: string;
}

/** What an address of the chats says. Anything else in it is ignored. */
export function readChatsSearch({ show, open }: Record<string, unknown>): ChatsSearch {
  return {
    ...(show === "ended" ? { show } : {}),
    ...(typeof open === "string" ? { open } : {}),
  };
}
