import { useState } from "react";
import { giveBackChat, passChat, type ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useCommand, useDirectory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { useToast } from "../../ui/floating/toast.tsx";
import { Menu, MenuItem, MenuLabel } from "../../ui/floating/menu.tsx";

/** Gives a conversation to a colleague, or back to where anybody may take it. */
export function HandOn({
  chat: { id: chatId, agentId },
  onTrouble,
}: {
  chat: Pick<ListedChat, "id" | "agentId">;
  onTrouble: (text: string | null) => void;
}) {
  const { people } = useDirectory();
  const pass = useCommand(passChat);
  const giveBack = useCommand(giveBackChat);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  // Whom it was given to sees it from then on, and often nobody else: it leaves this desk.
  const run = async (act: () => ReturnType<typeof giveBack>, text: string) => {
    setBusy(true);
    const done = await act();
    setBusy(false);
    onTrouble(done.ok ? null : done.error.message);
    if (done.ok) toast({ text });
  };
  const colleagues = people.filter(
    ({ active, role, userId }) => active && role !== "operator" && userId !== agentId,
  );
  return (
    <Menu
      target={
        <Button size="small" disabled={busy}>
          Hand on
        </Button>
      }
      position="top-end"
    >
      <MenuItem onClick={() => void run(() => giveBack({ chatId }), "The chat waits for anybody again")}>
        Back to the queue
      </MenuItem>
      {colleagues.length > 0 && <MenuLabel>To a colleague</MenuLabel>}
      {colleagues.map(({ userId, name }) => (
        <MenuItem
          key={userId}
          onClick={() => void run(() => pass({ chatId, toId: userId }), `${name} has the chat now`)}
        >
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
