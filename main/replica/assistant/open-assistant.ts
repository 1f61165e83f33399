import { join } from "node:path";
import { newRecordId } from "../../../shared/entities/id.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { LocalClock, Timers } from "../../../shared/result/ports.ts";
import type { assistantContract } from "../../../shared/rpc/contract/assistant.ts";
import type { picturesContract } from "../../../shared/rpc/contract/pictures.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import { createPaced } from "../coaching/paced.ts";
import { createMinutes } from "../live/minutes.ts";
import type { SyncEngine } from "../sync/engine.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";
import { doProposal, makeTask, planSteps, type ActPorts } from "./act.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { createDealInsights } from "./deal-insights.ts";
import { followProposals, type AfterFirstSync } from "./follow-proposals.ts";
import { openDraftStore, type DraftStore } from "./draft-store.ts";
import { openWaitingLetters, type WaitingLettersPorts } from "./letters/waiting-letters.ts";
import { openLetterApprovals, type ApprovalPorts } from "./letters/letter-approvals.ts";
import { createListingMatches } from "./listing-matches.ts";
import { openListingPictures } from "./pictures/listing-pictures.ts";
import { openRatings } from "./ratings.ts";
import { createRecommendations, type RecommendationPorts } from "./recommendations.ts";
import { createWhoAnswers } from "./who-answers.ts";
import { createDraftWriter } from "./write-drafts.ts";

export type AssistantPorts = {
  replica: Replica;
  settings: TenantSettings;
  ask: AskAssistant;
  engine: Pick<SyncEngine, "state" | "onChange">;
  shelf: Pick<FileShelf, "put">;
  newLeads: RecommendationPorts["newLeads"];
  afterFirstSync: AfterFirstSync;
  /** The person's own. */
  folder: string;
  clock: LocalClock;
  timers: Timers;
  onTrouble: (text: string, cause?: unknown) => void;
  onDecided: ApprovalPorts["onDecided"];
  notify: WaitingLettersPorts["notify"];
};

export type Assistant = {
  handlers: Handlers<typeof assistantContract & typeof picturesContract>;
  close(): Promise<void>;
};

/** What is written for the person, and what is made of it. Nothing that it says changes a record by itself. */
export async function openAssistant(ports: AssistantPorts): Promise<Assistant> {
  const { replica, ask, clock, folder } = ports;
  const store = await openDraftStore(join(folder, "assistant.json"), (cause) =>
    ports.onTrouble("What the assistant wrote could not be kept.", cause),
  );
  const proposals = followProposals({
    ...{ reads: replica.reads, store, afterFirstSync: ports.afterFirstSync },
    onTrouble: (cause) => ports.onTrouble("What became of the assistant's proposals is not known.", cause),
  });
  /** Drafts whose proposals are being done. */
  const underWay = new Set<string>();
  const minutes = createMinutes(ports.timers);
  const acting = (): ActPorts => ({ ...replica, nowMs: clock.now(), zone: clock.zone() });
  const writer = createDraftWriter({ ...ports, store, newId: () => newRecordId() });
  const ratings = await openRatings({
    ...{ ask, path: join(folder, "ratings.json"), onMinute: minutes.onMinute },
    onTrouble: (cause) => ports.onTrouble("What you thought of an answer could not be kept.", cause),
  });
  const recommending = await createRecommendations({
    ...ports,
    path: join(folder, "recommendations.json"),
    onMinute: minutes.onMinute,
    makeTask: (leadId, task, also) => makeTask(acting(), leadId, task, also),
    onTrouble: (cause) => ports.onTrouble("Which suggestions were seen could not be kept.", cause),
  });
  const approvals = await openLetterApprovals({
    ...{ ...ports, store, path: join(folder, "approvals.json"), onMinute: minutes.onMinute },
    onTrouble: (cause) => ports.onTrouble("That you asked for an approval could not be kept.", cause),
  });
  const waiting = openWaitingLetters({
    ...ports,
    onTrouble: (cause) => ports.onTrouble("A letter that waits for you could not be told of.", cause),
  });
  const pictures = await openListingPictures({
    ...{ ask, reads: replica.reads, shelf: ports.shelf, folder, newId: () => newRecordId() },
    onTrouble: (cause) => ports.onTrouble("Which pictures are on this computer could not be kept.", cause),
  });
  return {
    handlers: {
      drafts: followDrafts(store, ports),
      startDraft: ({ question }) => writer.start(question),
      async stopDraft({ id }) {
        writer.stop(id);
        return ok({});
      },
      async changeDraft({ id, edited }) {
        if (store.get(id) === null) return err(noDraft);
        store.change(id, { edited });
        return ok({});
      },
      async judgeDraft({ id, useful }) {
        const draft = store.get(id);
        if (draft === null) return err(noDraft);
        store.change(id, { useful });
        if (draft.origin && draft.origin.requestId !== "") await ratings.rate(draft.origin.requestId, useful);
        return ok({});
      },
      async confirmProposal({ id }) {
        const draft = store.get(id);
        if (draft === null) return err(noDraft);
        // A second click while it is being done is none.
        if (underWay.has(id)) return ok({ undoId: "", count: 0 });
        underWay.add(id);
        const done = await doProposal(acting(), draft).finally(() => underWay.delete(id));
        if (done.ok) store.change(id, { acted: true });
        return done;
      },
      async forgetDrafts({ place }) {
        for (const { id } of store.all(place)) writer.stop(id);
        store.forget(place);
        return ok({});
      },
      async bringBackDrafts({ place }) {
        if (!store.bringBack(place)) return err(noTalk);
        proposals.look();
        return ok({});
      },
      ...approvals.handlers,
      waitingLetters: waiting.handler,
      ...createDealInsights({ ...ports, ratings, plan: (deal, steps) => planSteps(acting(), deal, steps) }),
      ...createListingMatches(ports),
      ...recommending.handlers,
      ...pictures.handlers,
      whoAnswers: createWhoAnswers({ ...ports, onMinute: minutes.onMinute }),
      async planSteps({ dealId, steps }) {
        const deal = await replica.reads.get("deals", dealId);
        return deal ? planSteps(acting(), deal, steps) : err(noDeal);
      },
    },
    async close() {
      minutes.stop();
      await proposals.close();
      await writer.close();
      await ratings.close();
      await recommending.close();
      await approvals.close();
      waiting.close();
      await pictures.close();
      await store.written();
    },
  };
}

/** As fast as anybody reads: words come many times a second. */
const paceMs = 60;

function followDrafts(
  store: DraftStore,
  ports: Pick<AssistantPorts, "clock" | "timers">,
): Assistant["handlers"]["drafts"] {
  return ({ place }, emit) => {
    const paced = createPaced(ports, paceMs, () => ({ drafts: [...store.all(place)] }), emit);
    const stop = store.onChange(paced.look);
    paced.look();
    return () => {
      stop();
      paced.stop();
    };
  };
}

const noDraft: RpcError = { code: "not-found", message: "This text is not kept any more." };
const noTalk: RpcError = { code: "not-found", message: "This talk is not kept any more." };
const noDeal: RpcError = { code: "not-found", message: "This deal is gone." };
