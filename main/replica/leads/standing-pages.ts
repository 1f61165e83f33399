import { z } from "zod";
import type { Filter, Sort } from "../../../shared/entities/setting.ts";
import type { StandingAnswers } from "../database/standing-answers.ts";
import type { FirstPage } from "./first-page.ts";
import type { LeadContext } from "./lead-context.ts";
import type { LeadOrder } from "./lead-order.ts";

/** A list as a window opens it: from its beginning, without a search. */
export type ListStart = { filters: readonly Filter[]; sort: Sort; limit: number };

/** The beginnings of lists, as they were when the desk was last open: the next start shows them at once. */
export type StandingPages = {
  find(start: ListStart): FirstPage | null;
  /** @param read works the page out */
  read(start: ListStart, read: () => Promise<FirstPage | null>): Promise<FirstPage | null>;
  /** To be called when nothing is asked any more. @param orderOf null where it has not been built */
  keep(orderOf: (start: ListStart) => LeadOrder | null): void;
};

const Page = z.object({ total: z.int(), ids: z.array(z.string()) });
/** The views that somebody goes through in turn. */
const mostKept = 8;

export function createStandingPages(context: LeadContext, standing: StandingAnswers): StandingPages {
  const wanted = new Map<string, ListStart>();
  /** Planned, because "today" and "me" are other leads on another day. */
  const nameOf = ({ filters, sort, limit }: ListStart) =>
    `leads ${JSON.stringify([context.plan(filters), sort, limit])}`;

  function note(start: ListStart): void {
    const key = JSON.stringify(start);
    wanted.delete(key);
    wanted.set(key, start);
    const [oldest] = wanted.keys();
    if (wanted.size > mostKept && oldest !== undefined) wanted.delete(oldest);
  }

  return {
    find(start) {
      note(start);
      return standing.get(nameOf(start), Page);
    },
    async read(start, read) {
      const asOf = standing.version();
      const page = await read();
      if (page) standing.put(nameOf(start), page, asOf);
      return page;
    },
    keep(orderOf) {
      for (const start of wanted.values()) {
        const order = orderOf(start);
        if (!order) continue;
        const ids = Array.from(order.slice(0, start.limit), context.rows.idOf);
        standing.put(nameOf(start), { total: order.length(), ids }, standing.version());
      }
    },
  };
}
