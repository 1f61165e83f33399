import { useState } from "react";
import { takeChat, type ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useCommand } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import styles from "./chats.module.css";

/** Of several who see that somebody waits, the first has them. */
export function TakeChat({ chat: { id } }: { chat: ListedChat }) {
  const take = useCommand(takeChat);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const taken = await take({ chatId: id });
    setBusy(false);
    setTrouble(taken.ok ? null : taken.error.message);
  };
  useShortcuts("screen", [
    { id: "take-chat", keys: "a", title: "Take the chat", group: "Chats", run: () => void run() },
  ]);
  return (
    <div className={styles["foot"]}>
      {trouble && <ErrorLine what={trouble} />}
      <div className={styles["actions"]}>
        <Button kind="primary" size="large" keys="a" disabled={busy} onClick={() => void run()}>
          Take it
        </Button>
      </div>
    </div>
  );
}
