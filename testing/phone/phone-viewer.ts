import { WebSocket } from "ws";
import { doOnPhone, phoneLevels, phoneState } from "../../shared/rpc/contract/phone.ts";
import type { PhoneAnswer, PhoneState } from "../../shared/calls/phone.ts";
import { connectClient } from "../../shared/rpc/client.ts";
import type { InputOf, PayloadOf } from "../../shared/rpc/define.ts";
import { openSocketPipe, type SocketLike } from "../../renderer/client/socket-pipe.ts";

type Levels = PayloadOf<typeof phoneLevels>;

/** Another window of the desk: shows the phone and commands it. */
export type PhoneViewer = {
  do(command: InputOf<typeof doOnPhone>): Promise<PhoneAnswer>;
  state(): PhoneState;
  until(accept: (state: PhoneState) => boolean): Promise<PhoneState>;
  untilLevels(accept: (levels: Levels) => boolean): Promise<void>;
  close(): void;
};

export async function openPhoneViewer(url: string): Promise<PhoneViewer> {
  const pipe = openSocketPipe(`${url.replace("http", "ws")}/rpc`, {
    openSocket(to) {
      const socket = new WebSocket(to);
      socket.on("error", () => {});
      return socket as unknown as SocketLike;
    },
  });
  const client = connectClient(pipe);
  const waiting = new Set<() => void>();
  let state: PhoneState | null = null;
  client.watch(phoneState, {}, (next) => {
    state = next;
    for (const look of waiting) look();
  });
  const until = (accept: (state: PhoneState) => boolean) =>
    new Promise<PhoneState>((resolve) => {
      const look = () => {
        if (!state || !accept(state)) return;
        waiting.delete(look);
        resolve(state);
      };
      waiting.add(look);
      look();
    });
  await until(() => true);
  return {
    async do(command) {
      const answer = await client.call(doOnPhone, command);
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    },
    state() {
      if (!state) throw new Error("the phone has not said anything");
      return state;
    },
    until,
    untilLevels: (accept) =>
      new Promise((resolve) => {
        const stop = client.onEvent(phoneLevels, (levels) => {
          if (!accept(levels)) return;
          stop();
          resolve();
        });
      }),
    close() {
      client.close();
      pipe.close();
    },
  };
}
