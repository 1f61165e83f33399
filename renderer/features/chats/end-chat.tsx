import { Outcome } from "../../../shared/bot/conversation.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { outcomeWords } from "../../../shared/bot/words.ts";
import { endChat } from "../../../shared/rpc/contract/chats.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Menu, MenuItem, MenuLabel } from "../../ui/floating/menu.tsx";

/** Ends a conversation with what came of it. */
export function EndChat({
  chatId,
  onTrouble,
}: {
  chatId: RecordId;
  onTrouble: (text: string | null) => void;
}) {
  const end = useCommand(endChat);
  const run = async (outcome: Outcome) => {
    const ended = await end({ chatId, outcome });
    onTrouble(ended.ok ? null : ended.error.message);
  };
  return (
    <Menu target={<Button size="small">End</Button>} position="top-end">
      <MenuLabel>What came of it?</MenuLabel>
      {Outcome.options.map((outcome) => (
        <MenuItem key={outcome} onClick={() => void run(outcome)}>
          {outcomeWords[outcome]}
        </MenuItem>
      ))}
    </Menu>
  );
}
