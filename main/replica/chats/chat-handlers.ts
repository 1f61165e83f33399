import type { z } from "zod";
import { deskChatPaths, Suggested, Typing } from "../../../shared/bot/wire.ts";
import type { Chat } from "../../../shared/entities/insight.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { chatsContract, chatsWaiting, listChats } from "../../../shared/rpc/contract/chats.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import { Anything } from "../phone/ask-telephony.ts";
import type { Replica } from "../replica.ts";
import { askJson, type AskError } from "../server/ask-json.ts";
import { createVisitorTyping } from "./visitor-typing.ts";

export type ChatPorts = {
  replica: Pick<Replica, "reads" | "me">;
  serverUrl: string;
  /** Null: nobody is signed in on the server. */
  token: string | null;
  timers: Timers;
};

/** More are beyond what anybody scrolls through. */
const mostListed = 200;
/** A suggestion may ask a model. */
const timeoutMs = 25_000;

/** Conversations with visitors: read from this device's records, answered through the server. */
export function createChatHandlers({
  replica,
  serverUrl,
  token,
  timers,
}: ChatPorts): Handlers<typeof chatsContract> {
  const ask = async <S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    method: "GET" | "POST" = "POST",
  ): Promise<Result<z.output<S>, RpcError>> => {
    if (token === null) return err(offline);
    const asked = { method, url: serverUrl + path, token, body, timeoutMs, timers };
    const answer = await askJson(asked, schema);
    return answer.ok ? answer : err(whyNot(answer.error));
  };
  return {
    listChats: liveQuery<typeof listChats>(
      { reads: replica.reads },
      { dependsOn: ["insights", "leads"], read: (input) => readChats(replica, input) },
    ),
    chatsWaiting: liveQuery<typeof chatsWaiting>(
      { reads: replica.reads },
      { dependsOn: ["insights"], read: () => countWaiting(replica) },
    ),
    visitorTyping: createVisitorTyping(async (chatId) => {
      const answer = await ask(deskChatPaths.typing(nameOf(chatId)), undefined, Typing, "GET");
      return answer.ok && answer.value.typing;
    }, timers),
    tellTyping: ({ chatId }) => ask(deskChatPaths.typing(nameOf(chatId)), {}, Anything),
    passChat: ({ chatId, toId }) => ask(deskChatPaths.pass(nameOf(chatId)), { toId }, Anything),
    giveBackChat: ({ chatId }) => ask(deskChatPaths.giveBack(nameOf(chatId)), {}, Anything),
    takeChat: ({ chatId }) => ask(deskChatPaths.take(nameOf(chatId)), {}, Anything),
    sayInChat: ({ chatId, sayingId, text }) =>
      ask(deskChatPaths.say(nameOf(chatId)), { id: sayingId, text }, Anything),
    endChat: ({ chatId, outcome }) => ask(deskChatPaths.end(nameOf(chatId)), { outcome }, Anything),
    suggestReply: ({ chatId }) => ask(deskChatPaths.suggest(nameOf(chatId)), {}, Suggested),
  };
}

/** Who has waited longest stands first; of those that ended, the last. */
async function readChats(
  { reads, me }: ChatPorts["replica"],
  { show }: ParsedInputOf<typeof listChats>,
): Promise<OutputOf<typeof listChats>> {
  const order = show === "open" ? "doc->>'waitingSince'" : "doc->>'lastAt' desc";
  const rows = await reads.sql<{ doc: Chat }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where id >= 'chat:' and id < 'chat;' and not deleted and (doc->>'phase' = 'ended') = $1
     order by ${order}, id limit ${mostListed}`,
    [show === "ended"],
  );
  const chats = rows.map(({ doc }) => doc);
  const leads = await reads.getAll("leads", chats.flatMap(({ leadId }) => leadId ?? [])); // prettier-ignore
  return {
    chats: chats.map((chat) => ({ ...chat, leadName: leads.get(chat.leadId ?? ("" as never))?.name ?? "" })),
    me: me.userId,
  };
}

async function countWaiting({ reads }: ChatPorts["replica"]): Promise<OutputOf<typeof chatsWaiting>> {
  const [row] = await reads.sql<{ waiting: number }>(
    `select count(*)::int as waiting from ${reads.table("insights")}
     where id >= 'chat:' and id < 'chat;' and not deleted and doc->>'phase' = 'waiting'`,
    [],
  );
  return { waiting: row?.waiting ?? 0 };
}

/** The conversation's name on the server. */
function nameOf(chatId: string): string {
  return chatId.replace(/^chat:/u, "");
}

const offline: RpcError = {
  code: "offline",
  message: "Chats need the network, and the server cannot be reached. What you wrote stays here.",
};

function whyNot(error: AskError): RpcError {
  if (error.kind === "no-answer")
    return error.trouble === null ? offline : { ...offline, message: error.trouble };
  const { code, message } = error.error;
  return { code: code === "not-found" ? "not-found" : "refused", message };
}
