import type { Client } from "../../shared/rpc/client.ts";
import type { AnyQuery, InputOf, OutputOf } from "../../shared/rpc/define.ts";

/** What a query answers now, for what is done once; undefined where it is refused. */
export function askOnce<D extends AnyQuery>(
  client: Client,
  def: D,
  input: InputOf<D>,
): Promise<OutputOf<D> | undefined> {
  return new Promise((resolve) => {
    let stop = () => {};
    const done = (value?: OutputOf<D>) => {
      // The answer may come before there is anything to stop.
      queueMicrotask(() => stop());
      resolve(value);
    };
    stop = client.watch(def, input, done, () => done());
  });
}
