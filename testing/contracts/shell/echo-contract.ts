import { z } from "zod";
import { command, query } from "../../../shared/rpc/define.ts";

/** What the replica of the shell tests offers to windows. */
export const echoContract = {
  echo: command("test.echo", { input: z.json(), output: z.json() }),
  describe: command("test.describe", {
    input: z.null(),
    output: z.object({
      pid: z.int(),
      settings: z.json(),
      clicked: z.array(z.string()),
      heard: z.array(z.string()),
    }),
  }),
  /** Counts up ten times a second from when this process started; carries the process. */
  ticks: query("test.ticks", { input: z.null(), output: z.object({ pid: z.int(), tick: z.int() }) }),
  load: command("test.load", {
    input: z.null(),
    output: z.object({ windows: z.int(), watches: z.int(), calls: z.int() }),
  }),
  /** Asks main for one of its services. */
  host: command("test.host", { input: z.object({ service: z.string(), input: z.json() }), output: z.json() }),
};
