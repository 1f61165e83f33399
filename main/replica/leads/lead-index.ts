import type { Lead } from "../../../shared/entities/lead.ts";
import type { Filter, SettingKind } from "../../../shared/entities/setting.ts";
import { systemClock, systemTimers, type LocalClock, type Timers } from "../../../shared/result/ports.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { RecordsChanged, Replica } from "../replica.ts";
import { createFirstList, type FirstList } from "./first-list.ts";
import { createLeadContext, type LeadContext } from "./lead-context.ts";
import type { LeadOrder } from "./lead-order.ts";
import { trackOrder, type LeadSort } from "./lead-orders.ts";
import { createLeadRows } from "./lead-rows.ts";
import type { LeadSet } from "./lead-set.ts";
import { createSeenLeads } from "./seen-leads.ts";
import { createStandingPages, type ListStart, type StandingPages } from "./standing-pages.ts";
import { createSetBuilder } from "./lead-sets.ts";
import { createNextTasks } from "./next-tasks.ts";
import { createTrackedAnswers, type Built, type LeadChange, type Traits } from "./tracked-answers.ts";

/**
 * Filtered sets and sorted orders of leads that are in use, kept in step with every change, so that an open list
 * of 100,000 leads answers an edit without asking the database which leads it holds.
 */
export type LeadIndex = {
  context: LeadContext;
  firstList: FirstList;
  standingPages: StandingPages;
  /** Built on first use, in the background. */
  order(filters: readonly Filter[], sort: LeadSort): Built<LeadOrder>;
  /** Whether an order is built, or being built. */
  hasOrder(filters: readonly Filter[], sort: LeadSort): boolean;
  set(filters: readonly Filter[]): Built<LeadSet>;
  /** Called when answers may be others though no lead changed: midnight, tasks, settings, a finished build. */
  onTurn(listener: () => void): () => void;
  /** To be called now and then: answers that name relative days change at midnight, those that name days in another zone. */
  checkDay(): void;
  close(): void;
};

/** Orders hold a key of every lead, sets a bit: what is beyond these is built again when wanted. */
const keptOrders = 8;
const keptSets = 120;
const settingsThatMatter: readonly SettingKind[] = ["field", "stage", "person"];

export function createLeadIndex(
  replica: Replica,
  settings: TenantSettings,
  clock: LocalClock = systemClock,
  timers: Timers = systemTimers,
): LeadIndex {
  const rows = createLeadRows(replica.reads);
  // Before any list hears of changes: it reads what this one holds.
  const seen = createSeenLeads(replica.reads);
  const nextTasks = createNextTasks(replica.reads, clock);
  const context = createLeadContext(replica, settings, rows, nextTasks, seen, clock);
  const firstList = createFirstList(timers);
  const standingPages = createStandingPages(context, replica.reads.standing);
  const listeners = new Set<() => void>();
  const turn = () => {
    for (const listener of listeners) listener();
  };
  const orders = createTrackedAnswers<LeadOrder>(keptOrders, turn);
  const sets = createTrackedAnswers<LeadSet>(keptSets, turn);
  const trackSet = createSetBuilder(context);
  let countedDay = "";
  let countedZone = clock.zone();

  function apply(changes: readonly LeadChange[], only?: (traits: Traits) => boolean): void {
    orders.apply(changes, only);
    sets.apply(changes, only);
  }
  function forget(only: (traits: Traits) => boolean): void {
    orders.forget(only);
    sets.forget(only);
    turn();
  }
  async function takeTasks(change: RecordsChanged): Promise<void> {
    const ids = context.nextTasks.take(change);
    if (ids.length === 0 || !(orders.some(isDerivedAnswer) || sets.some(isDerivedAnswer))) return;
    const leads = await replica.reads.getAll("leads", ids);
    apply(
      Array.from(leads, ([id, lead]) => ({ id, lead })),
      isDerivedAnswer,
    );
    turn();
  }
  function takeLeads({ records }: RecordsChanged): void {
    for (const { id } of records) rows.numberOf(id);
    apply(records.map(({ id, after }) => ({ id, lead: after as Lead | null })));
  }

  const stops = [
    replica.reads.onChange((change) => {
      if (change.collection === "leads") takeLeads(change);
      // What cannot be followed is read anew by whoever asks next.
      if (change.collection === "tasks") void takeTasks(change).catch(() => forget(isDerivedAnswer));
    }),
    settings.onChange((kinds) => {
      if (settingsThatMatter.some((kind) => kinds.has(kind))) forget(() => true);
    }),
  ];

  function checkDay(): void {
    const today = context.today();
    if (countedDay !== "" && countedDay !== today) forget(({ daily }) => daily);
    countedDay = today;
    // Days are other spans of time there, whether they are named relatively or not.
    if (countedZone !== clock.zone()) forget(() => true);
    countedZone = clock.zone();
  }
  const order = (filters: readonly Filter[], sort: LeadSort) =>
    orders.get(JSON.stringify([filters, sort]), () => trackOrder(context, filters, sort));
  const hasOrder = (filters: readonly Filter[], sort: LeadSort) =>
    orders.has(JSON.stringify([filters, sort]));
  const builtOrder = ({ filters, sort }: ListStart) =>
    hasOrder(filters, sort) ? order(filters, sort).now : null;

  return {
    context,
    firstList,
    standingPages,
    order,
    hasOrder,
    set: (filters) => sets.get(JSON.stringify(filters), () => trackSet(filters)),
    onTurn(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    checkDay,
    close() {
      checkDay();
      standingPages.keep(builtOrder);
      firstList.close();
      seen.close();
      for (const stop of stops) stop();
      forget(() => true);
    },
  };
}

function isDerivedAnswer({ derived }: Traits): boolean {
  return derived;
}
