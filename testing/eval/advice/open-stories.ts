import { daysAgo, someDeal, someLead, someReport, someTask } from "../../fakes/some-story.ts";
import {
  came,
  closed,
  letter,
  missed,
  nothingSaid,
  planned,
  spoke,
  ticket,
  told,
  tomorrow,
  tried,
  type Advised,
} from "./happenings.ts";

/** A Saturday's noon in the rules' stories: that many days and hours before. */
const atHour = (days: number, hour: number) => daysAgo(days + (12 - hour) / 24);

/** What the rules were made for; those behind the eighth were held out until rules were made for them, too. */
export const openStories: readonly Advised[] = [
  open("they called and reached nobody", ["call"], { ...planned, ...nothingSaid, calls: [missed(1)] }),
  open("a promise is late", ["write"], { ...nothingSaid, calls: [spoke(4)], tasks: [someTask({ dueAt: daysAgo(4) })] }), // prettier-ignore
  open("promised in the last call, not written", ["write"], planned),
  open("silent for three weeks, a deal open", ["call"], {
    ...planned,
    reports: [],
    calls: [spoke(21)],
  }),
  open("nothing planned", ["task"], { reports: [], calls: [spoke(2)] }),
  open("won long ago", [], { ...nothingSaid, lead: someLead({ stage: "customer" }), stages: closed("won") }), // prettier-ignore
  open("called and reached nobody, but wants no calls", ["write", "task"], { ...nothingSaid, lead: someLead({ doNotCall: true }), calls: [missed(1)] }), // prettier-ignore
  open("all is well", [], { ...planned, reports: [], calls: [spoke(2)] }),
  open("they wrote yesterday, nobody answered", ["write"], { ...planned, ...nothingSaid, calls: [spoke(6)], messages: [letter("inbound", 1)] }), // prettier-ignore
  open("called back the same day and spoken", [], { ...planned, ...nothingSaid, calls: [spoke(2.9), missed(3)] }), // prettier-ignore
  open("called back, and nobody there", ["call"], { ...planned, ...nothingSaid, calls: [tried(0.5), missed(1)] }), // prettier-ignore
  open("an appointment tomorrow", [], { reports: [], calls: [spoke(2)], appointments: [tomorrow] }),
  open("two calls missed today, and a promise late", ["call"], { ...nothingSaid, calls: [missed(0.1), missed(0.3, "before")], tasks: [someTask({ dueAt: daysAgo(5) })] }), // prettier-ignore
  open("silent for a month, wants no calls", ["write", "task"], { ...planned, reports: [], lead: someLead({ doNotCall: true }), calls: [spoke(30)] }), // prettier-ignore
  open("promised, and written since", [], { ...planned, messages: [letter("outbound", 1)] }),
  open("lost", [], { ...nothingSaid, lead: someLead({ stage: "gone" }), stages: closed("lost"), calls: [missed(1)] }), // prettier-ignore
  open("silent for three months, no deal", ["call"], { ...planned, ...nothingSaid, calls: [spoke(90)] }), // prettier-ignore
  open("answers in the evening alone", ["call"], {
    ...planned,
    ...{ reports: [], deals: [] },
    calls: [
      ...[spoke(0, "a"), spoke(0, "b")].map((call, at) => ({ ...call, startedAt: atHour(3 + at, 18), answeredAt: atHour(3 + at, 18) })), // prettier-ignore
      ...[tried(0, "c"), tried(0, "d"), tried(0, "e")].map((call, at) => ({ ...call, startedAt: atHour(5 + at, 9) })), // prettier-ignore
    ],
  }),
  open("an urgent ticket open for days, nothing planned", ["task", "write", "call"], { ...nothingSaid, calls: [spoke(5)], tickets: [ticket] }), // prettier-ignore
  open("came from the website an hour ago", ["call"], { ...nothingSaid, lead: came(0.05) }), // prettier-ignore
  open("the deal should have been closed last week", ["call", "write"], { ...planned, reports: [], calls: [spoke(3)], deals: [someDeal({ expectedCloseOn: "2026-11-14" })] }), // prettier-ignore
  open("a contract is out, silent for sixteen days", ["call"], { ...planned, reports: [], calls: [spoke(16)], deals: [someDeal({ stage: "contract" })] }), // prettier-ignore
  open("they wrote, and were answered", [], { ...planned, ...nothingSaid, calls: [spoke(6)], messages: [letter("outbound", 1), letter("inbound", 2)] }), // prettier-ignore
  open("called ten days ago, nobody called back", ["call"], { ...planned, ...nothingSaid, calls: [missed(10)] }), // prettier-ignore
  open("promised two weeks ago, spoken since", [], { ...planned, reports: [someReport({ at: daysAgo(13), callId: "before" as never })], calls: [spoke(1), spoke(13, "before")] }), // prettier-ignore
];

function open(name: string, wanted: Advised["wanted"], own: Parameters<typeof told>[3]): Advised {
  return told("open", name, wanted, own);
}
