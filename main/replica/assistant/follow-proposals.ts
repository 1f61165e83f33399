import { splitAnswer } from "../../../shared/assistant/chat/proposal.ts";
import type { Draft } from "../../../shared/rpc/contract/assistant.ts";
import type { Replica } from "../replica.ts";
import { proposedIn, proposedRecordId } from "./act.ts";
import type { DraftStore } from "./draft-store.ts";

/** Calls back when the first sync is over, or at once where it was before. @returns to forget it */
export type AfterFirstSync = (work: () => void) => () => void;

export type ProposalPorts = {
  reads: Pick<Replica["reads"], "getAll" | "onChange">;
  store: DraftStore;
  afterFirstSync: AfterFirstSync;
  onTrouble: (cause: unknown) => void;
};

/**
 * What an answer proposed is done for as long as its record lives: taken back or deleted, here or elsewhere, it may be
 * done again. While a first sync runs, as after the records had to be fetched anew, what is not here may still come.
 */
export function followProposals({ reads, store, afterFirstSync, onTrouble }: ProposalPorts): {
  /** Looks at all of them, also those of a talk that was brought back. */
  look(): void;
  close(): Promise<void>;
} {
  let isWhole = false;

  async function compare(): Promise<void> {
    for (const collection of collections) {
      const proposing = store.everywhere().filter((draft) => collectionOf(draft) === collection);
      if (proposing.length === 0) continue;
      const known = await reads.getAll(collection, proposing.map(({ id }) => proposedRecordId(id))); // prettier-ignore
      for (const { id, acted } of proposing) {
        const lives = known.has(proposedRecordId(id));
        if (lives !== acted && (lives || isWhole)) store.change(id, { acted: lives });
      }
    }
  }
  let looking = Promise.resolve();
  let waits = false;
  // A first sync changes records a thousand times: one look behind the one that is under way sees it all.
  const look = () => {
    if (waits) return;
    waits = true;
    looking = looking.then(() => (waits = false)).then(compare).catch(onTrouble); // prettier-ignore
  };
  const stop = reads.onChange(({ collection, records }) => {
    const isOurs = collections.some((one) => one === collection);
    const cameOrWent = records.some(({ before, after }) => before === null || after === null);
    if (isOurs && cameOrWent) look();
  });
  look();
  const forget = afterFirstSync(() => {
    isWhole = true;
    look();
  });
  return {
    look,
    async close() {
      stop();
      forget();
      await looking;
    },
  };
}

const collections = Object.values(proposedIn);

function collectionOf({ question, state, text }: Draft) {
  if (question.about !== "chat" || state !== "done") return null;
  const { proposal } = splitAnswer(text);
  return proposal && proposedIn[proposal.do];
}
