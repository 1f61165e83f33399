import { daysAgo, someChat, someDeal, someReport, someTask } from "../../fakes/some-story.ts";
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
  visit,
  type Advised,
} from "./happenings.ts";

/** As the lead of a team would tell them in the morning. Written before the rules for any of them were. */
export const heldOutStories: readonly Advised[] = [
  heldOut("she asked this morning whether Thursday suits us", ["write", "call"], { ...planned, reports: [], calls: [spoke(3)], messages: [letter("inbound", 0.1)] }), // prettier-ignore
  heldOut("he wrote last week and again on Wednesday, and has heard nothing", ["write", "call"], { ...nothingSaid, messages: [letter("inbound", 3), letter("inbound", 9)] }), // prettier-ignore
  heldOut("her letter was answered on the telephone the same day", [], { ...planned, ...nothingSaid, calls: [spoke(2.9)], messages: [letter("inbound", 3)] }), // prettier-ignore
  heldOut("a text message half an hour ago: is the flat still to be had?", ["write", "call"], { ...nothingSaid, lead: came(0.02), messages: [letter("inbound", 0.02, { channel: "sms" })] }), // prettier-ignore
  heldOut("our answer is written, but lies among the drafts", ["write", "call"], { ...planned, ...nothingSaid, messages: [letter("outbound", 1, { status: "draft" }), letter("inbound", 2)] }), // prettier-ignore
  heldOut("our answer came back, as the address is wrong", ["call", "write"], { ...planned, ...nothingSaid, messages: [letter("outbound", 1, { status: "bounced" }), letter("inbound", 2)] }), // prettier-ignore
  heldOut("they confirmed tomorrow's viewing, that was all", [], { reports: [], deals: [], calls: [spoke(4)], appointments: [tomorrow], messages: [letter("inbound", 0.5), letter("outbound", 1)] }), // prettier-ignore
  heldOut("we sent an offer a week ago, and have heard nothing", ["call", "write"], { ...planned, reports: [], calls: [spoke(8)], messages: [letter("outbound", 7)] }), // prettier-ignore
  heldOut("we wrote yesterday, and wait for an answer", [], { ...planned, reports: [], calls: [spoke(3)], messages: [letter("outbound", 1)] }), // prettier-ignore
  heldOut("filled in the form last night", ["call"], { ...nothingSaid, lead: came(0.6) }),
  heldOut("met at the fair on Tuesday, lies about since", ["call"], { ...nothingSaid, lead: came(4, { source: "Fair" }) }), // prettier-ignore
  heldOut("came on Monday, tried twice, never there", ["call"], { ...planned, ...nothingSaid, lead: came(5), calls: [tried(1), tried(3, "first")] }), // prettier-ignore
  heldOut("came an hour ago, and booked tomorrow's viewing with it", [], { ...nothingSaid, lead: came(0.04), appointments: [tomorrow] }), // prettier-ignore
  heldOut("left an address for letters and no number yesterday", ["write"], { ...nothingSaid, lead: came(1, { phone: "", email: "mia@keller.example" }) }), // prettier-ignore
  heldOut("came this morning, and wants no calls", ["write", "task"], { ...nothingSaid, lead: came(0.2, { doNotCall: true }) }), // prettier-ignore
  heldOut("one of four thousand on a list that was bought; the dialler comes to them", [], { ...planned, ...nothingSaid, lead: came(2, { source: "List", importId: "list" }) }), // prettier-ignore
  heldOut("to be signed last Friday, and nobody has asked for ten days", ["call", "write"], { ...planned, reports: [], calls: [spoke(10)], deals: [someDeal({ expectedCloseOn: "2026-11-13" })] }), // prettier-ignore
  heldOut("a deal whose day is three weeks away, spoken on Monday", [], { ...planned, reports: [], calls: [spoke(5)], deals: [someDeal({ expectedCloseOn: "2026-12-12" })] }), // prettier-ignore
  heldOut("the October deal was dropped, the new one has time", [], { ...planned, reports: [], calls: [spoke(5)], deals: [someDeal({ id: "new" as never, expectedCloseOn: "2026-12-20" }), someDeal({ stage: "dropped", expectedCloseOn: "2026-10-30" })] }), // prettier-ignore
  heldOut("should have signed a month ago, and wants no calls", ["write", "task"], { ...planned, reports: [], lead: came(60, { doNotCall: true }), calls: [spoke(9)], deals: [someDeal({ expectedCloseOn: "2026-10-21" })] }), // prettier-ignore
  heldOut("they were not at the door for yesterday's viewing", ["call"], { ...planned, ...nothingSaid, calls: [spoke(3)], pastAppointments: [visit(1, "missed")] }), // prettier-ignore
  heldOut("not spoken for three weeks, but shown around last week", [], { ...planned, reports: [], calls: [spoke(21)], pastAppointments: [visit(7, "done")] }), // prettier-ignore
  heldOut("called at eight, called back at nine, and nothing agreed", ["task"], { ...nothingSaid, calls: [spoke(0.1), missed(0.15)] }), // prettier-ignore
  heldOut("chatted with us, then asked by letter for the plans", ["write"], { ...planned, ...nothingSaid, chats: [someChat({ at: daysAgo(2), turns: someChat().turns.map((turn) => ({ ...turn, at: daysAgo(2) })) })], messages: [letter("inbound", 1)] }), // prettier-ignore
  heldOut("bought, and thanked us in a letter", [], { ...nothingSaid, lead: came(90, { stage: "customer" }), stages: closed("won"), messages: [letter("inbound", 1)] }), // prettier-ignore
  heldOut("an urgent ticket, and their letter about it from yesterday", ["write", "call"], { ...planned, ...nothingSaid, tickets: [ticket], messages: [letter("inbound", 1, { subject: "Still cold" })] }), // prettier-ignore
  heldOut("the plans were promised for Tuesday and sent on Wednesday", [], { reports: [someReport({ at: daysAgo(5) })], deals: [], calls: [spoke(5)], tasks: [someTask({ dueAt: daysAgo(-3) })], messages: [letter("outbound", 3)] }), // prettier-ignore
];

function heldOut(name: string, wanted: Advised["wanted"], own: Parameters<typeof told>[3]): Advised {
  return told("held-out", name, wanted, own);
}
