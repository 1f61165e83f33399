import type { Activity, Appointment, Message } from "../../shared/entities/activity.ts";
import type { Call } from "../../shared/entities/call.ts";
import type { Deal } from "../../shared/entities/deal.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Task } from "../../shared/entities/task.ts";
import { toInstant } from "./calendar.ts";
import { recordIdAt } from "./ids.ts";
import type { Dice } from "./random.ts";

/** Everything that hangs on one lead. */
export type Story = {
  calls: Call[];
  activities: Activity[];
  tasks: Task[];
  deals: Deal[];
  appointments: Appointment[];
  messages: Message[];
};

export function emptyStory(): Story {
  return { calls: [], activities: [], tasks: [], deals: [], appointments: [], messages: [] };
}

type Base = Pick<Lead, "id" | "rev" | "createdAt" | "updatedAt" | "kept">;
type Of<R extends Base, Needed extends keyof R> = Pick<R, Needed> & Partial<Omit<R, keyof Base>>;

/** Records of one lead with what they share filled in: owner, team, and dates that fit. */
export function recordsOf(lead: Lead, dice: Dice) {
  const base = (at: Instant): Base => ({
    id: recordIdAt(Date.parse(at), dice),
    rev: 1,
    createdAt: at,
    updatedAt: at,
    kept: [],
  });
  const about = { leadId: lead.id, teamId: lead.teamId };
  return {
    /** `lengthS` of talk; null = it was not answered. */
    call(startedAt: Instant, lengthS: number | null, rest: Partial<Call> = {}): Call {
      const startedMs = Date.parse(startedAt);
      const rings = dice.int(4, 22) * 1000;
      const outbound = rest.direction !== "inbound";
      const endedMs = startedMs + rings + (lengthS ?? 0) * 1000;
      return {
        ...base(startedAt),
        ...about,
        agentId: lead.ownerId,
        direction: "outbound",
        from: outbound ? officeNumber : lead.phone,
        to: outbound ? lead.phone : officeNumber,
        startedAt,
        answeredAt: lengthS === null ? null : toInstant(startedMs + rings),
        endedAt: toInstant(endedMs),
        endReason: lengthS === null ? "no-answer" : "completed",
        disposition: "",
        notes: "",
        summary: "",
        sentiment: "",
        recording: "",
        line: null,
        ...rest,
      };
    },
    activity(at: Instant, rest: Of<Activity, "kind">): Activity {
      return {
        ...base(at),
        ...about,
        subject: null,
        at,
        byId: lead.ownerId,
        ownerId: lead.ownerId,
        title: "",
        text: "",
        changes: [],
        ...rest,
      };
    },
    task(madeAt: Instant, rest: Of<Task, "title" | "dueAt">): Task {
      return {
        ...base(madeAt),
        ...about,
        notes: "",
        allDay: false,
        priority: "normal",
        doneAt: null,
        snoozedUntil: null,
        remindAt: null,
        recurrence: "",
        recurrenceOf: null,
        assigneeId: lead.ownerId,
        dealId: null,
        callId: null,
        ...rest,
      };
    },
    deal(madeAt: Instant, rest: Of<Deal, "name" | "stage" | "value">): Deal {
      return {
        ...base(madeAt),
        ...about,
        listingId: null,
        currency: "USD",
        expectedCloseOn: null,
        probability: null,
        ownerId: lead.ownerId,
        notes: "",
        custom: {},
        ...rest,
      };
    },
    appointment(
      madeAt: Instant,
      startAt: Instant,
      rest: Of<Appointment, "title" | "place" | "status">,
    ): Appointment {
      return {
        ...base(madeAt),
        ...about,
        startAt,
        endAt: toInstant(Date.parse(startAt) + 45 * 60_000),
        assigneeId: lead.ownerId,
        notes: "",
        ...rest,
      };
    },
    message(at: Instant, rest: Of<Message, "channel" | "direction" | "text" | "status">): Message {
      return {
        ...base(at),
        ...about,
        at,
        byId: rest.direction === "outbound" ? lead.ownerId : null,
        ownerId: lead.ownerId,
        subject: "",
        openedCount: 0,
        ...rest,
      };
    },
  };
}

export type RecordsOf = ReturnType<typeof recordsOf>;

/** The firm's own line. */
const officeNumber = "+19295550100";
