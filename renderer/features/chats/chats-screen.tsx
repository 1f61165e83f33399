import { useNavigate, useSearch } from "@tanstack/react-router";
import { listChats, type ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useLive } from "../../client/index.ts";
import { TabBar, Tabs } from "../../ui/controls/tabs.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { TopBar, useListNote } from "../shell/index.ts";
import { NoneYet } from "../sync/index.ts";
import { ChatList } from "./chat-list.tsx";
import { ChatTalk } from "./chat-talk.tsx";
import { readChatsSearch, type ChatsSearch } from "./chats-search.ts";
import styles from "./chats.module.css";

type Show = "open" | "ended";

/** Visitors of the website whom the bot has handed to people: who waits, and what is said. */
export function ChatsScreen() {
  const { search, go } = useChatsSearch();
  const show: Show = search.show ?? "open";
  const list = useLive(listChats, { show });
  const open = useLive(listChats, { show: "open" }).value;
  const ended = useLive(listChats, { show: "ended" }).value;
  const me = list.value?.me ?? "";
  // One that has just ended stays in sight of whoever ended it.
  const chosen = [...(open?.chats ?? []), ...(ended?.chats ?? [])].find(({ id }) => id === search.open);
  useListNote(list.value ? countOf(list.value.chats.length, "chat") : null);
  const tabs: { key: Show; label: string; count?: number | undefined }[] = [
    { key: "open", label: "Open", count: open?.chats.length },
    { key: "ended", label: "Ended" },
  ];
  return (
    <>
      <TopBar crumbs={[{ label: "Chats" }]} />
      <TabBar>
        <Tabs
          label="Which chats"
          tabs={tabs}
          value={show}
          onChange={(key) => go(key === "ended" ? { show: key } : {})}
        />
      </TabBar>
      {list.value?.chats.length === 0 && !chosen ? (
        <NoChats show={show} />
      ) : (
        <div className={styles["columns"]}>
          <ChatList
            chats={list.value?.chats ?? []}
            me={me}
            openId={search.open ?? null}
            onOpen={(id) => go({ ...search, open: id })}
          />
          <Opened chat={chosen} me={me} />
        </div>
      )}
    </>
  );
}

function Opened({ chat, me }: { chat: ListedChat | undefined; me: string }) {
  if (chat) return <ChatTalk key={chat.id} chat={chat} me={me} />;
  return (
    <div className={styles["nothing-open"]}>
      <EmptyState>Choose somebody from the list to read what was said.</EmptyState>
    </div>
  );
}

function NoChats({ show }: { show: Show }) {
  return (
    <NoneYet of="chats">
      {show === "open"
        ? "Nobody waits. Visitors of the website whom the bot hands over stand here at once."
        : "None has ended yet."}
    </NoneYet>
  );
}

function useChatsSearch() {
  const search = readChatsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (next: ChatsSearch) => void navigate({ to: "/chats", search: next, replace: true });
  return { search, go };
}
