import { connectClient, type Client } from "../../shared/rpc/client.ts";
import type { FrameDown } from "../../shared/rpc/frames.ts";
import type { PipeSignal } from "../../shared/rpc/pipe.ts";
import type { AnyQuery, InputOf, OutputOf } from "../../shared/rpc/define.ts";
import type { Router } from "../../main/rpc/router.ts";

export type DeskWindow = Client & {
  /** The first answer of a query that is as wanted. */
  until<D extends AnyQuery>(
    def: D,
    input: InputOf<D>,
    isWanted: (value: OutputOf<D>) => boolean,
    timeoutMs?: number,
  ): Promise<OutputOf<D>>;
};

/** A window of a router in the same process; every frame passes through a structured clone, as on a real pipe. */
export function openDeskWindow(router: Router): DeskWindow {
  let receive: (frame: unknown) => void = () => {};
  let tell: (signal: PipeSignal) => void = () => {};
  let gone = () => {};
  router.serve({
    send: (frame: FrameDown) => queueMicrotask(() => tell(structuredClone(frame))),
    onMessage: (listener) => void (receive = listener),
    onClose: (listener) => void (gone = listener),
    close: () => gone(),
  });
  const client = connectClient({
    request: (frame) => queueMicrotask(() => receive(structuredClone(frame))),
    subscribe(listener) {
      tell = listener;
      listener({ t: "up" });
      return () => gone();
    },
  });
  return {
    ...client,
    until: (def, input, isWanted, timeoutMs = 40_000) =>
      new Promise((resolve, reject) => {
        let last: unknown;
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`${def.name} stayed at ${JSON.stringify(last)?.slice(0, 1_000)}`));
        }, timeoutMs);
        const stop = client.watch(
          def,
          input,
          (value) => {
            last = value;
            if (!isWanted(value)) return;
            clearTimeout(timer);
            queueMicrotask(() => stop());
            resolve(value);
          },
          (error) => void (last = error),
        );
      }),
  };
}
