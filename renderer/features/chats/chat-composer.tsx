import { ArrowUp, Sparkles } from "lucide-react";
import { useState } from "react";
import { cutWords } from "../../../shared/ai/cut-words.ts";
import { longestReply } from "../../../shared/bot/bot.ts";
import { sayInChat, suggestReply, type ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useCommand } from "../../client/index.ts";
import { Button, IconButton } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { TextArea } from "../../ui/fields/text-input.tsx";
import { EndChat } from "./end-chat.tsx";
import { proposeHalf, useHalfWritten, writeHalf } from "./half-written.ts";
import { HandOn } from "./hand-on.tsx";
import { useTellTyping } from "./use-tell-typing.ts";
import styles from "./chats.module.css";

/** What is written to the visitor. It leaves the field when they have it, and not before. */
export function ChatComposer({ chat }: { chat: ListedChat }) {
  const { id } = chat;
  const { text, sayingId } = useHalfWritten(id);
  const say = useCommand(sayInChat);
  const suggest = useCommand(suggestReply);
  const tellVisitor = useTellTyping(id);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState<"" | "saying" | "suggesting">("");
  const send = async () => {
    if (busy || text.trim() === "") return;
    setBusy("saying");
    const said = await say({ chatId: id, sayingId, text });
    setBusy("");
    setTrouble(said.ok ? null : said.error.message);
    if (said.ok) writeHalf(id, "");
  };
  const propose = async () => {
    setBusy("suggesting");
    const proposed = await suggest({ chatId: id });
    setBusy("");
    if (!proposed.ok) return setTrouble(proposed.error.message);
    const { text: proposal, cut } = proposed.value;
    if (proposal === "") return setTrouble("Nothing that the bot knows fits what they asked.");
    setTrouble(cut ? cutWords[cut] : null);
    proposeHalf(id, proposal);
  };
  return (
    <div className={styles["foot"]}>
      {trouble && <ErrorLine what={trouble} />}
      <div className={styles["line"]}>
        <TextArea
          label="Write to the visitor"
          hideLabel
          rows={2}
          dir="auto"
          maxLength={longestReply}
          placeholder="Write to the visitor"
          readOnly={busy === "saying"}
          value={text}
          onChange={(next) => {
            writeHalf(id, next);
            if (next.trim() !== "") tellVisitor();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <IconButton
          kind="primary"
          icon={ArrowUp}
          label="Send"
          keys="enter"
          disabled={busy !== "" || text.trim() === ""}
          onClick={() => void send()}
        />
      </div>
      <div className={styles["actions"]}>
        <Button
          size="small"
          icon={Sparkles}
          disabled={busy !== "" || text.trim() !== ""}
          onClick={() => void propose()}
        >
          Suggest an answer
        </Button>
        <HandOn chat={chat} onTrouble={setTrouble} />
        <EndChat chatId={id} onTrouble={setTrouble} />
      </div>
    </div>
  );
}
