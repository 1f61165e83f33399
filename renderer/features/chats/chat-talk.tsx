import { useState } from "react";
import { classNames } from "../../ui/class-names.ts";
import { clockTime } from "../../ui/format/times.ts";
import { visitorTyping, type ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { outcomeWords } from "../../../shared/bot/words.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { ChatComposer } from "./chat-composer.tsx";
import { ChatHead } from "./chat-head.tsx";
import { HandOn } from "./hand-on.tsx";
import { TakeChat } from "./take-chat.tsx";
import { visitorName } from "./visitor-words.ts";
import styles from "./chats.module.css";

/** One conversation: who it is, what was said, and what can be said. */
export function ChatTalk({ chat, me }: { chat: ListedChat; me: string }) {
  return (
    <section className={styles["talk"]} aria-label={`Chat with ${visitorName(chat)}`}>
      <ChatHead chat={chat} me={me} />
      <Turns chat={chat} me={me} />
      <Foot chat={chat} me={me} />
    </section>
  );
}

function Turns({ chat, me }: { chat: ListedChat; me: string }) {
  const { personName } = useDirectory();
  const nameOf = ({ by, agentId }: ListedChat["turns"][number]) =>
    by === "visitor" ? visitorName(chat) : by === "bot" ? `${chat.botName} (bot)` : agentId === me ? "You" : personName(agentId); // prettier-ignore
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <div className={styles["turns"]} role="log" aria-label="What was said" tabIndex={0}>
      {/* The last stands first: the list is filled from its end. */}
      {chat.phase === "person" && chat.agentId === me && <VisitorWrites chat={chat} />}
      <div className={styles["all-turns"]}>
        {chat.turns.map((turn) => (
          <article
            key={turn.seq}
            className={classNames(
              styles["turn"],
              turn.by === "person" && styles["ours"],
              turn.by === "bot" && styles["bot"],
            )}
          >
            <span className={styles["who"]}>{`${nameOf(turn)}, ${clockTime(new Date(turn.at))}`}</span>
            <p dir="auto">{turn.text}</p>
          </article>
        ))}
      </div>
    </div>
  );
}

function VisitorWrites({ chat }: { chat: ListedChat }) {
  const typing = useLive(visitorTyping, { chatId: chat.id }).value?.typing;
  return typing ? <p className={styles["who"]} role="status">{`${visitorName(chat)} writes …`}</p> : null;
}

function Foot({ chat, me }: { chat: ListedChat; me: string }) {
  if (chat.phase === "waiting") return <TakeChat chat={chat} />;
  if (chat.phase === "ended") return <p className={styles["note"]}>{endedWords(chat)}</p>;
  if (chat.agentId !== me) return <Colleagues chat={chat} me={me} />;
  return <ChatComposer chat={chat} />;
}

/** Whoever leads the team may give it to somebody else, or take it themselves. */
function Colleagues({ chat, me }: { chat: ListedChat; me: string }) {
  const { people, personName } = useDirectory();
  const [trouble, setTrouble] = useState<string | null>(null);
  const leads = people.some(({ userId, role }) => userId === me && role !== "agent");
  return (
    <div className={styles["foot"]}>
      {trouble && <ErrorLine what={trouble} />}
      <div className={styles["actions"]}>
        <span>{`${personName(chat.agentId)} has this chat.`}</span>
        {leads && <HandOn chat={chat} onTrouble={setTrouble} />}
      </div>
    </div>
  );
}

function endedWords({ endedBy, outcome }: ListedChat): string {
  const by = {
    "": "Ended.",
    visitor: "The visitor left.",
    person: "Ended.",
    silence: "Nobody wrote for a day.",
  };
  return outcome === "" ? by[endedBy] : `${by[endedBy]} ${outcomeWords[outcome]}.`;
}
