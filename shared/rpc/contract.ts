import { assistantContract } from "./contract/assistant.ts";
import { callListsContract } from "./contract/call-lists.ts";
import { callsContract } from "./contract/calls.ts";
import { chatsContract } from "./contract/chats.ts";
import { coachingContract } from "./contract/coaching.ts";
import { filesContract } from "./contract/files.ts";
import { insightsContract } from "./contract/insights.ts";
import { leadsContract } from "./contract/leads.ts";
import { phoneContract } from "./contract/phone.ts";
import { picturesContract } from "./contract/pictures.ts";
import { recordsContract } from "./contract/records.ts";
import { sessionContract } from "./contract/session.ts";
import { syncContract } from "./contract/sync.ts";
import { workContract } from "./contract/work.ts";

/** Everything a window may ask of the replica. */
export const contract = {
  ...sessionContract,
  ...recordsContract,
  ...leadsContract,
  ...workContract,
  ...syncContract,
  ...filesContract,
  ...phoneContract,
  ...callsContract,
  ...callListsContract,
  ...coachingContract,
  ...insightsContract,
  ...assistantContract,
  ...picturesContract,
  ...chatsContract,
} as const;
export type Contract = typeof contract;
