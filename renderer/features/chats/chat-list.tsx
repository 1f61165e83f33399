import { reasonWords } from "../../../shared/bot/words.ts";
import type { ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { ago } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { holderWords, visitorName } from "./visitor-words.ts";
import styles from "./chats.module.css";

/** Who has waited longest stands first. */
export function ChatList({
  chats,
  me,
  openId,
  onOpen,
}: {
  chats: readonly ListedChat[];
  me: string;
  openId: string | null;
  onOpen: (id: string) => void;
}) {
  return (
    <ul className={styles["list"]} aria-label="Chats">
      {chats.map((chat) => (
        <li key={chat.id}>
          <ChatRow chat={chat} me={me} isOpen={chat.id === openId} onOpen={() => onOpen(chat.id)} />
        </li>
      ))}
    </ul>
  );
}

function ChatRow({
  chat,
  me,
  isOpen,
  onOpen,
}: {
  chat: ListedChat;
  me: string;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const now = useNow();
  const { personName } = useDirectory();
  const last = chat.turns.findLast(({ by }) => by === "visitor") ?? chat.turns.at(-1);
  const since = chat.phase === "ended" ? chat.lastAt : chat.waitingSince;
  return (
    <button
      type="button"
      className={classNames(styles["row"], isOpen && styles["is-open"])}
      aria-current={isOpen}
      onClick={onOpen}
    >
      <span className={styles["row-head"]}>
        <span className={styles["name"]} dir="auto">
          {visitorName(chat)}
        </span>
        <span className={styles["when"]}>{ago(new Date(since), now)}</span>
      </span>
      <span className={styles["last"]} dir="auto">
        {last?.text}
      </span>
      <span className={styles["why"]}>
        {`${holderWords(chat, me, personName)} · ${reasonWords[chat.why]}`}
      </span>
    </button>
  );
}
