import type { RecordId } from "../../../../shared/entities/id.ts";
import { callTranscript, type ShownUtterance } from "../../../../shared/rpc/contract/coaching.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { firstName } from "./coaching-words.ts";

/**
 * What was said and is being said, oldest first, and who said it as one calls them.
 * @param agent who talks to the customer, as they are called; empty = whoever looks at it
 */
export function useTranscript({
  callId,
  agent,
  customer,
}: {
  callId: RecordId;
  agent: string;
  customer: string;
}): { utterances: readonly ShownUtterance[]; nameOf: (utterance: ShownUtterance) => string } {
  const { personName } = useDirectory();
  const utterances = useLive(callTranscript, { callId }).value?.utterances ?? [];
  const names = { agent: firstName(agent) || "You", customer: firstName(customer) || "Customer" };
  return {
    utterances,
    nameOf: ({ speaker, formerId }) => (formerId === null ? names[speaker] : firstName(personName(formerId))),
  };
}
