import { callerName } from "../../../shared/calls/caller-name.ts";
import type { PhoneCall, PhoneState } from "../../../shared/calls/phone.ts";
import { formatPhone } from "../../../shared/phone/format-phone.ts";
import type { HostPort } from "../session/host-port.ts";

/** Says on the desktop who rings, for as long as they do: nobody has to look at the desk for it. */
export function tellRings(host: Pick<HostPort, "notify" | "takeBack">): {
  onPhone(phone: PhoneState): void;
  close(): void;
} {
  /** By call, as it was told. */
  let told = new Map<string, string>();
  // Where the desktop shows none, the desk's own window does what it can.
  const quietly = (work: Promise<void>) => void work.catch(() => {});
  const tell = (ringing: readonly PhoneCall[]) => {
    const next = new Map(ringing.map((call) => [call.callId as string, titleOf(call)]));
    for (const callId of told.keys()) if (!next.has(callId)) quietly(host.takeBack(tagOf(callId)));
    for (const call of ringing) {
      const title = titleOf(call);
      if (told.get(call.callId) === title) continue;
      quietly(host.notify({ tag: tagOf(call.callId), title, body: bodyOf(call), rings: true }));
    }
    told = next;
  };
  return {
    onPhone: ({ calls }) => tell(calls.filter(waitsForAnswer)),
    close: () => tell([]),
  };
}

/** Of the notification that tells of a call. */
export const tagOf = (callId: string) => `call.${callId}`;

/** Not one that is being answered: whoever asked to listen to a colleague is put through without a ring. */
function waitsForAnswer({ can, pending, monitoring }: PhoneCall): boolean {
  const isJoining = monitoring !== null && monitoring !== "party";
  return can.includes("answer") && pending === null && !isJoining;
}

function titleOf(call: PhoneCall): string {
  return `Call: ${callerName(call)}`.slice(0, 200);
}

function bodyOf({ name, company, number }: PhoneCall): string {
  return [company, name ? formatPhone(number) : ""].filter(Boolean).join(", ").slice(0, 1_000);
}
