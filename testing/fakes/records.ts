import type { Call } from "../../shared/entities/call.ts";
import type { Deal } from "../../shared/entities/deal.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type {
  Business,
  CustomField,
  Disposition,
  Person,
  Setting,
  Stage,
} from "../../shared/entities/setting.ts";
import type { Task } from "../../shared/entities/task.ts";
import type { Random } from "../../shared/result/ports.ts";
import { fields } from "./blank-fields.ts";

/** Small, valid records for tests: name what matters, the rest is plain. */

export const at = "2026-05-04T09:00:00.000Z";
const base = { rev: 1, createdAt: at, updatedAt: at, kept: [] };

export function makeLead(own: (Partial<Lead> & { id: string }) | Record<string, unknown>): Lead {
  return { ...base, ...fields.lead({ name: "Maria Kowalski", ownerId: "ana" }), ...own } as unknown as Lead;
}

export function makeTask(own: Record<string, unknown>): Task {
  return { ...base, ...fields.task({ assigneeId: "ana" }), ...own } as unknown as Task;
}

export function makeDeal(fields: Record<string, unknown>): Deal {
  return {
    ...base,
    name: "Lease",
    leadId: null,
    listingId: null,
    stage: "offer",
    value: null,
    currency: "USD",
    expectedCloseOn: null,
    probability: null,
    ownerId: "ana",
    teamId: null,
    notes: "",
    custom: {},
    ...fields,
  } as unknown as Deal;
}

export function makeCall(fields: Record<string, unknown>): Call {
  return {
    ...base,
    leadId: null,
    agentId: "ana",
    teamId: null,
    direction: "outbound",
    from: "",
    to: "",
    startedAt: at,
    answeredAt: at,
    endedAt: at,
    endReason: "completed",
    disposition: "",
    notes: "",
    summary: "",
    sentiment: "",
    recording: "",
    ...fields,
  } as unknown as Call;
}

export function makeStage(key: string, order: number, more: Partial<Stage> = {}): Stage {
  const pipeline = more.pipeline ?? "leads";
  const label = key.charAt(0).toUpperCase() + key.slice(1);
  const id = `stage:${pipeline}:${key}`;
  return {
    ...base,
    id,
    kind: "stage",
    order,
    pipeline,
    key,
    label,
    outcome: "open",
    archived: false,
    ...more,
  } as Stage;
}

export function makeDisposition(key: string, label: string, more: Partial<Disposition> = {}): Disposition {
  const of = { kind: "disposition", order: 0, key, label, followUp: false, archived: false };
  return { ...base, id: `disposition:${key}`, ...of, ...more } as Disposition;
}

export function makeField(
  key: string,
  type: CustomField["type"],
  more: Partial<CustomField> = {},
): CustomField {
  return {
    ...base,
    id: `field:leads:${key}`,
    kind: "field",
    order: 0,
    collection: "leads",
    key,
    label: key,
    type,
    required: false,
    default: null,
    options: [],
    archived: false,
    ...more,
  } as CustomField;
}

export function makePerson(userId: string, name: string): Person {
  const id = `person:${userId}`;
  const email = `${userId}@example.com`;
  return {
    ...base,
    id,
    kind: "person",
    order: 0,
    userId,
    name,
    email,
    role: "agent",
    teamIds: [],
    active: true,
  } as unknown as Person;
}

export function makeBusiness(more: Partial<Business> = {}): Business {
  return {
    ...base,
    id: "business",
    kind: "business",
    order: 0,
    name: "Harbor Realty",
    industry: "real estate",
    terms: {
      lead: "lead",
      leads: "leads",
      deal: "deal",
      deals: "deals",
      listing: "listing",
      listings: "listings",
    },
    timeZone: "America/Chicago",
    country: "US",
    currency: "USD",
    hours: [null, null, null, null, null, null, null],
    holidays: [],
    ...more,
  } as Business;
}

/** A tenant with four stages, two people and fields of every kind. */
export function makeTenant(): Setting[] {
  return [
    makeBusiness(),
    makePerson("ana", "Ana Ruiz"),
    makePerson("ben", "Ben Okafor"),
    makeStage("new", 1),
    makeStage("contacted", 2),
    makeStage("qualified", 3),
    makeStage("lost", 4, { outcome: "lost" }),
    makeStage("offer", 1, { pipeline: "deals" }),
    makeStage("closed", 2, { pipeline: "deals", outcome: "won" }),
    makeField("budget", "money"),
    makeField("headcount", "number"),
    makeField("lease_ends", "date", { label: "Lease ends" }),
    makeField("area", "select", { options: ["North", "South", "West Loop"] }),
    makeField("wants", "multi-select", { options: ["garden", "parking", "view"] }),
    makeField("vip", "boolean"),
  ];
}

const firstNames =
  "Maria Samuel Amara Wei Caitlin Dmitri Marcus Yuki Tobias Rafael Ines Kwame Hannah Oliver Joaquín Sofia Priscilla Leila Noor Aaliyah Grant Elise Ingrid Omar José Zoë Łukasz Øyvind Jürgen Chloé".split(
    " ",
  );
const endings = "son ski ova berg mann ez ini ard well ton ley sen".split(" ");
const starts =
  "Kowal Adeye Nwo Che Oro Soko Till Wata Lind Duar Mor Men Whit Bran Herr Petri Vander Park Say Jenn Elli Fair Haug Hadd Gar Mül Thom Rob Wal Ander Peter Nov Iv Gonz Rod Fern Lop Mart".split(
    " ",
  );
const companyWords =
  "Halden Tidewater Kestrel Quarry Juniper Everline Corvid Brightwater Stonebridge Aster Bluff Marlowe Harrow Solano Meridian Oakline Parkside Lumen Foundry Redfern Cobalt Polar".split(
    " ",
  );
const companyKinds =
  "Logistics Bank Analytics Foods Robotics Energy Games Health Legal Biologics Insurance Studio Travel Architects Group Freight".split(
    " ",
  );
const noteWords =
  "asked about parking wants a tour next week budget is tight lease ends in spring prefers email call after five met at the expo needs ten desks likes the fourth floor waiting for approval from the board".split(
    " ",
  );

/** Believable leads in any number, the same for the same random source. */
export function makeLeads(count: number, random: Random): Lead[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  return Array.from({ length: count }, (_, number) => {
    const first = pick(firstNames);
    const last = `${pick(starts)}${pick(endings)}${random() < 0.3 ? pick(endings) : ""}`;
    const company = `${pick(companyWords)} ${pick(companyKinds)}`;
    return makeLead({
      id: `0190a000-0000-7000-8000-${String(number).padStart(12, "0")}`,
      name: `${first} ${last}`,
      company,
      phone: `+1312${String(2_000_000 + Math.floor(random() * 7_999_999))}`,
      email: `${first}.${last}@${company.split(" ")[0]}.example`.toLowerCase(),
      stage: pick(["new", "contacted", "qualified", "lost"]),
      score: random() < 0.2 ? null : Math.floor(random() * 101),
      ownerId: pick(["ana", "ben", null]),
      tags: random() < 0.3 ? ["expo"] : [],
      notes: Array.from({ length: 5 + Math.floor(random() * 25) }, () => pick(noteWords)).join(" "),
      lastContactAt:
        random() < 0.3 ? null : new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 1.2e10)).toISOString(),
      custom: { budget: Math.floor(random() * 1e6), area: pick(["North", "South", "West Loop"]) },
    });
  });
}
