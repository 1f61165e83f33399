import type { CallTarget } from "../../shared/calls/call-event.ts";
import { withoutMarks } from "../../shared/calls/compliance/short-numbers.ts";
import type { TransferPermit } from "../../shared/calls/server-wire.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import type { Connected } from "./accounts.ts";
import { judgeThird } from "./judge-asked-in.ts";
import { runsThroughServer } from "./own-exchange.ts";
import { hasCallAlready } from "./transfer.ts";

/**
 * Where a desk that gives a call away by itself may send it: by the rules that hold for transfers through the server, and
 * by the address under which the exchange knows whoever is meant.
 *
 * @returns why it may not, for the person
 */
export async function permitTransfer(
  tx: Tx,
  { account, carrier }: Pick<Connected, "account" | "carrier">,
  identity: Identity,
  { callId, target }: { callId: string; target: CallTarget },
  origin: { ip: string; now: Date },
): Promise<Result<TransferPermit, string>> {
  if (runsThroughServer(account)) return err("The server itself transfers calls of this line.");
  const own = carrier.extensionOf?.(account, identity.userId) ?? null;
  switch (target.kind) {
    case "agent": {
      const to = carrier.extensionOf?.(account, target.userId) ?? null;
      if (to !== null && to === own) return err(hasCallAlready);
      return to === null ? err("They have no extension at your exchange.") : ok({ to });
    }
    case "queue":
      return err("Queues of your own exchange have numbers there: transfer to the number.");
    case "number": {
      if (withoutMarks(target.number) === own) return err(hasCallAlready);
      const judged = await judgeThird(tx, identity, { callId, to: target.number }, origin, true);
      return judged.ok ? ok({ to: judged.value.to }) : judged;
    }
  }
}
