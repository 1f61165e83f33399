import { z } from "zod";
import { metricNames } from "../../coaching/metrics/catalogue.ts";
import { Speaker } from "../../coaching/utterance.ts";
import { Day, Instant, line, longText } from "../../entities/fields.ts";
import { RecordId, TeamId, UserId } from "../../entities/id.ts";
import { Assignment, Comment, Moment, Scoring } from "../../entities/insight.ts";
import { command, query } from "../define.ts";
import { Undoable } from "./records.ts";

const key = z.string().max(60);
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const callMs = z.int().min(0);
/** Times that a window showed it to an agent, and that they sent it away. */
const seen = { shown: count, dismissed: count };
/** How many said that it helped, and that it did not. */
const judged = { useful: count, notUseful: count };

/** Which calls are looked at: those with a report, in the tenant's calendar. */
export const InsightScope = z.object({
  teamId: TeamId.nullable(),
  agentId: UserId.nullable(),
  /** So many days, today included. */
  days: z.int().min(1).max(366),
  /** What they are compared with: as many days right before, or the same days of 52 weeks ago. */
  against: z.enum(["before", "year-before"]),
  /** Key of a playbook, empty = any; `version` 0 = any of its versions. */
  playbook: key,
  version: count,
  /** Key of the disposition that counts as success; empty = the tenant's first one that wants no follow-up. */
  outcome: key,
});
export type InsightScope = z.infer<typeof InsightScope>;

/** What agents and weeks are compared by. `checklist` is a share, `outcome` calls of 100. */
export const figureNames = ["talkShare", "longestTurn", "pace", "checklist", "outcome"] as const;
const FigureName = z.enum(figureNames);
export type FigureName = z.infer<typeof FigureName>;
/** Null = no call tells. */
const figure = z.number().nullable();
export const Goal = z.object({ from: figure, to: figure }).nullable();
const Compared = z.object({ now: figure, before: figure });

/** The tiles and the agents beside each other. An agent gets their own line and the team's median, nobody else's. */
export const insightOverview = query("insights.overview", {
  input: InsightScope,
  output: z.object({
    /** First and last day of either period. */
    period: z.object({ from: Day, to: Day }),
    against: z.object({ from: Day, to: Day }),
    calls: count,
    /** Calls with a report on this device, whenever they were. */
    callsOnDevice: count,
    /** What `outcome` came to be. */
    outcome: key,
    goals: z.record(FigureName, Goal),
    /** Of all calls in scope together. */
    whole: z.record(FigureName, Compared),
    /** The last twelve weeks, oldest first, each from its first day. */
    weeks: z.array(z.object({ from: Day, calls: count, figures: z.record(FigureName, figure) })),
    agents: z.array(
      z.object({
        userId: UserId,
        calls: count,
        callsBefore: count,
        figures: z.record(FigureName, Compared),
      }),
    ),
    /** Of the agents' figures now, each agent counting once. */
    medians: z.record(FigureName, figure),
    /** Playbooks that calls were coached by, with versions that calls had. */
    playbooks: z.array(z.object({ key, label: line, versions: z.array(count) })),
  }),
});

/** What came of doing or skipping each item of each playbook: two of the same key are two. */
export const insightAdherence = query("insights.adherence", {
  input: InsightScope,
  output: z.object({
    outcome: key,
    items: z.array(
      z.object({
        playbook: key,
        playbookLabel: line,
        key,
        label: line,
        done: count,
        skipped: count,
        /** Calls of 100 that ended well; null = none were there. */
        outcomeDone: figure,
        outcomeSkipped: figure,
        gain: figure,
        /** Fewer than 20 calls on either side, or a 95 % interval of the gain that holds 0. */
        unsure: z.boolean(),
        /** The share of calls in which it was done, by week as in the overview. */
        weeks: z.array(figure),
      }),
    ),
  }),
});

const Metric = z.enum(metricNames);
const Spread = z.object({ p10: z.number(), median: z.number(), p90: z.number() }).nullable();
const Bin = z.object({ from: z.number(), to: z.number(), calls: count, share });
const Distribution = z.object({
  calls: count,
  spread: Spread,
  spreadBefore: Spread,
  /** Equal steps from the 1st to the 99th percentile; what lies beyond is in the outer ones. */
  bins: z.array(Bin),
});

/** How one metric spreads over the calls in scope. */
export const insightDistribution = query("insights.distribution", {
  input: InsightScope.extend({ metric: Metric }),
  output: Distribution,
});

/** How every metric does of which a call in scope tells, for what is printed. */
export const insightDistributions = query("insights.distributions", {
  input: InsightScope,
  output: z.object({ metrics: z.array(Distribution.extend({ metric: Metric })) }),
});

/** What calls are shown for: a bar of a distribution, counted from 0, or what was made of an item of a checklist. */
export const Behind = z.discriminatedUnion("of", [
  z.object({ of: z.literal("metric"), metric: Metric, step: z.int().min(0).max(99) }),
  z.object({ of: z.literal("item"), playbook: key, key, done: z.boolean() }),
]);
export type Behind = z.infer<typeof Behind>;

/** The calls behind a bar or an item, the newest first. */
export const insightCallsBehind = query("insights.callsBehind", {
  input: InsightScope.extend({ behind: Behind }),
  output: z.object({
    /** Of a bar: where it begins and ends; null = it is not there any more. */
    bin: Bin.pick({ from: true, to: true }).nullable(),
    /** Of an item, as a report calls it; empty = of a bar, or no call has it. */
    label: z.string(),
    /** All of them; at most fifty are listed. */
    calls: count,
    listed: z.array(
      z.object({
        callId: RecordId,
        agentId: UserId.nullable(),
        leadName: line.nullable(),
        at: Instant,
        /** Of the metric; null = it is an item. */
        value: figure,
        /** Where to listen: where the item was done, else the most telling moment, else the beginning. */
        atMs: callMs,
        /** What the report says of that place; empty = nothing. */
        text: z.string(),
      }),
    ),
  }),
});

/** What the quarter of the agents with the best outcome does otherwise than the rest, most telling first. */
export const insightTopCallers = query("insights.topCallers", {
  input: InsightScope,
  output: z.object({
    /** Agents with 20 calls or more; at least four are needed to say anything. */
    top: count,
    others: count,
    differences: z.array(
      z.object({
        /** A metric's name, or `item:`, a playbook's key, a slash and the item's key. */
        of: z.string().max(140),
        label: line,
        top: z.number(),
        others: z.number(),
        /** Difference over the calls' standard deviation (Cohen's d). */
        effect: z.number(),
      }),
    ),
  }),
});

/** A talk turn of the thumbnail: who spoke for how much of each part of the call. */
const Wave = z.array(z.object({ agent: share, customer: share }));

export const insightMoments = query("insights.moments", {
  input: InsightScope,
  output: z.object({
    moments: z.array(
      z.object({
        callId: RecordId,
        agentId: UserId.nullable(),
        leadName: line.nullable(),
        at: Instant,
        durationMs: callMs,
        moment: Moment,
        wave: Wave,
        /** Somebody has commented on it or assigned it. */
        reviewed: z.boolean(),
      }),
    ),
    /** Of those, not yet reviewed. */
    left: count,
  }),
});

/**
 * How often the rules of each playbook called for each of its cards, by the calls' reports, how often a window showed one
 * to an agent, what came of those calls, and whether people found that it helped. That one was due is not that anybody
 * saw it: hints may have been off.
 */
export const insightCards = query("insights.cards", {
  input: InsightScope,
  output: z.object({
    cards: z.array(
      z.object({
        playbook: key,
        playbookLabel: line,
        key,
        title: line,
        /** Times that it was due, and calls in which it was. */
        due: count,
        calls: count,
        ...seen,
        ...judged,
        /** Calls of 100 that ended well, of those of its playbook in which it was due and in which it was not; as of an item. */
        outcomeWith: figure,
        outcomeWithout: figure,
        gain: figure,
        unsure: z.boolean(),
        /** By whose call it was. */
        agents: z.array(z.object({ userId: UserId, due: count, calls: count, ...seen, ...judged })),
        /** Where it was judged, newest first; where nobody judged it, a call in which it was due. */
        moments: z.array(
          z.object({
            callId: RecordId,
            agentId: UserId.nullable(),
            leadName: line.nullable(),
            at: Instant,
            atMs: callMs,
            /** Who judged it, and how; null = nobody has. */
            byId: UserId.nullable(),
            useful: z.boolean().nullable(),
          }),
        ),
      }),
    ),
  }),
});

/** Words, or a phrase in quotes, in what was said. Emits more than once while it looks, newest calls first. */
export const searchTranscripts = query("insights.search", {
  input: InsightScope.extend({ text: z.string().max(200), speaker: Speaker.nullable() }),
  output: z.object({
    hits: z.array(
      z.object({
        segmentId: RecordId,
        callId: RecordId,
        agentId: UserId.nullable(),
        leadName: line.nullable(),
        at: Instant,
        speaker: Speaker,
        startMs: callMs,
        text: longText,
      }),
    ),
    searched: count,
    calls: count,
    done: z.boolean(),
  }),
});

/**
 * Followed as long as Insights is open: what was said in a year is read meanwhile and kept, so that a search of all of it
 * answers at once. `ready` = all of that is kept, or as much as may be.
 */
export const readAhead = query("insights.readAhead", {
  input: z.object({}),
  output: z.object({ ready: z.boolean() }),
});

/** What people made of one call. Another's scoring is left out until the viewer has given their own. */
export const insightReview = query("insights.review", {
  input: z.object({ callId: RecordId }),
  output: z.object({
    durationMs: callMs,
    wave: Wave,
    moments: z.array(Moment),
    comments: z.array(Comment),
    assignments: z.array(Assignment),
    scorecard: z.object({ key, label: line, criteria: z.array(z.object({ key, label: line })) }).nullable(),
    mine: Scoring.nullable(),
    others: z.array(Scoring),
    /** Scorings of others that are not shown yet. */
    hidden: count,
  }),
});

/** What is to be practised, those that are due first. */
export const insightAssignments = query("insights.assignments", {
  input: z.object({ teamId: TeamId.nullable(), agentId: UserId.nullable() }),
  output: z.object({
    assignments: z.array(
      z.object({
        assignment: Assignment,
        /** Calls since it was given that reach the goal, and all of them; without a goal both 0. */
        reached: count,
        calls: count,
      }),
    ),
  }),
});

const about = { callId: RecordId };
export const assignCoaching = command("insights.assign", {
  input: z.object({
    ...about,
    moment: z.object({ atMs: callMs, endMs: callMs }).nullable(),
    text: longText,
    practise: line.min(1),
    goal: Assignment.shape.goal,
    dueOn: Day.nullable(),
    example: Assignment.shape.example,
  }),
  output: Undoable.extend({ assignmentId: RecordId, taskId: RecordId }),
});
export const commentMoment = command("insights.comment", {
  input: z.object({ ...about, atMs: callMs, text: longText.min(1) }),
  output: Undoable.extend({ id: RecordId }),
});
/** One scoring of a call by each person: a second one takes the place of the first. */
export const scoreCall = command("insights.score", {
  input: z.object({
    ...about,
    scorecard: key,
    points: z.record(key, z.number().min(0).max(5).nullable()),
    note: longText,
  }),
  output: Undoable.extend({ id: RecordId }),
});
export const closeAssignment = command("insights.closeAssignment", {
  input: z.object({ id: RecordId, status: z.enum(["open", "done", "dropped"]) }),
  output: Undoable,
});

/** Everything that the screen shows of these calls, as CSV: one table after the other, each under its heading. */
export const exportInsights = command("insights.exportCsv", {
  input: InsightScope.extend({ byteOrderMark: z.boolean() }),
  output: z.object({ fileId: z.string(), fileName: z.string(), sizeBytes: z.int() }),
});

export const insightsContract = {
  insightOverview,
  insightAdherence,
  insightDistribution,
  insightDistributions,
  insightCallsBehind,
  insightTopCallers,
  insightMoments,
  insightCards,
  searchTranscripts,
  readAhead,
  insightReview,
  insightAssignments,
  assignCoaching,
  commentMoment,
  scoreCall,
  closeAssignment,
  exportInsights,
};
