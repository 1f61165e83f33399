import type { Activity } from "../../../shared/entities/activity.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { Task } from "../../../shared/entities/task.ts";
import { fields } from "../blank-fields.ts";
import { base } from "./people.ts";

export interface FakeLeads {
  leads: Lead[];
  tasks: Task[];
  calls: Call[];
  activities: Activity[];
  deals: Deal[];
}

/** Name | company | stage | score | hours since last contact | task: days from today, hour, title | owner | phone, as drawn. */
const drawn = `
Samuel Adeyemi|Tidewater Bank|won|96|26|2 12 Hand over to setup|ana|+12125550155
Amara Nwosu|Fennimore & Pryce LLP|offer|93|25|0 16.25 Review lease|ben|+12025550163
Wei Chen|Kestrel Analytics|tour|91|2|0 14.5 Call back|ana|+14155550182
Caitlin O’Rourke|Quarry Foods|offer|90|4|0 17 Chase signature|ana|+16175550143
Dmitri Sokolov|Juniper Robotics|tour|88|1|1 11 Confirm tour|ana|+14155550131
Maria Kowalski|Halden Logistics|qualified|87|0||ana|+13125550147
Marcus Tillman|Everline Energy|tour|86|48|5 10 Parking question|ana|+13035550104
Yuki Watanabe|Corvid Games|tour|85|30|3 10.5 Second tour|mei|+12065550139
Tobias Lindgren|Brightwater Health|qualified|84|3|0 15 Send floor plans|ana|+16175550119
Rafael Duarte|Stonebridge Legal|qualified|82|50|4 15.5 Call back|ana|+12125550121
Ines Moreau|Aster Biologics|qualified|81|6|2 14 Confirm headcount|ana|+16175550190
Kwame Mensah|Bluff & Harbor|qualified|80|75|1 14.75 Draft proposal|ana|+12065550150
Hannah Whitcombe|Marlowe Insurance|qualified|79|98|2 10 E-mail comparison|priya|+442079460118
Oliver Brandt|Harrow Credit Union|qualified|77|76|6 9.75 Budget check|max|+13035550166
Joaquín Herrera|Solano Studio|new|72||-1 9 First call|ana|+13035550128
Sofia Petridis|Meridian Travel|new|69||5 11.5 First call|mei|+14155550197
Priscilla Vandermeer-Oyelaran of Saint-Germain|Oakline Architects|contacted|66|52|1 9.5 Call back|priya|+12065550174
Leila Farahani|Parkside Dental Group|new|63||3 11.25 First call|ana|+12025550108
Noor Al-Sayed|Lumen & Lane|contacted|61|146|4 13 Send case study|priya|+442079460182
نور السيد|شركة النور للتجارة|contacted|59|170|1 10 Call back|priya|+12025550133
Grant Ellison|Redfern Media|contacted|58|122|3 9 Call back|ben|+13125550112
Elise Fontaine|Cobalt Optics|contacted|57|218|2 9.25 Call back|ben|+16175550168
נועה לוי|Polar Freight|contacted|56|194|5 9 Try mobile|ben|+13125550179
Omar Haddad|Bright Marina Group|contacted|52|80|5 9 Call back|ben|+13125550188`
  .trim()
  .split("\n");

const givenNames = [
  "Aaliyah",
  "Bruno",
  "Chiara",
  "Darius",
  "Elena",
  "Farid",
  "Greta",
  "Hugo",
  "Imani",
  "Jonas",
  "Keiko",
  "Liam",
];
const familyNames = [
  "Abara",
  "Bergman",
  "Castillo",
  "Dubois",
  "Eriksen",
  "Fischer",
  "Grimaldi",
  "Hakimi",
  "Ivanova",
  "Jensen",
  "Kumar",
];
const companies = [
  "Northgate Mutual",
  "Salt & Pine",
  "Vector Foods",
  "Harbor Six",
  "Ridgeline Press",
  "Mossbank Capital",
  "",
];
const stages = ["new", "contacted", "qualified", "tour", "offer", "won", "lost"];

/** @param count how many; the first are those of the drawings */
export function createFakeLeads(count: number, now: Date): FakeLeads {
  const fake: FakeLeads = { leads: [], tasks: [], calls: [], activities: [], deals: [] };
  for (let index = 0; index < count; index++) {
    const line = drawn[index];
    if (line) addDrawn(fake, line, index, now);
    else fake.leads.push(madeUp(index, now));
  }
  if (count > 0) addHistory(fake, now);
  return fake;
}

function addDrawn(fake: FakeLeads, line: string, index: number, now: Date): void {
  const [name = "", company = "", stage = "", score, hours, task, ownerId = "", phone = ""] = line.split("|");
  fake.leads.push(
    lead(index, {
      name,
      company,
      stage,
      score: Number(score),
      ownerId,
      phone,
      lastContactAt: hours ? before(now, Number(hours) * 60) : null,
      custom: { budget: 260_000 + index * 17_000, headcount: 12 + index },
    }),
  );
  const [days, hour, ...title] = (task ?? "").split(" ");
  if (!days || !hour) return;
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + Number(days));
  fake.tasks.push(
    taskOf(
      `task-${index}`,
      `lead-${index}`,
      title.join(" "),
      new Date(day.getTime() + Number(hour) * 3_600_000),
    ),
  );
}

function madeUp(index: number, now: Date): Lead {
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[(index * salt + (index >> 3)) % list.length] as T;
  return lead(index, {
    name: `${pick(givenNames, 7)} ${pick(familyNames, 5)}`,
    company: pick(companies, 3),
    stage: pick(stages, 11),
    score: index % 9 === 0 ? null : (index * 37) % 55,
    ownerId: pick(["ana", "ben", "mei", "priya"], 13),
    phone: `+1312555${String(index % 10_000).padStart(4, "0")}`,
    lastContactAt: index % 4 === 0 ? null : before(now, (index % 900) * 60),
    custom: index % 3 === 0 ? { budget: (index % 80) * 10_000 } : {},
  });
}

function lead(index: number, own: object): Lead {
  return {
    ...base,
    id: `lead-${index}`,
    title: "",
    phoneSecond: "",
    email: `person${index}@work.example`,
    city: index % 2 ? "Chicago" : "",
    timeZone: "",
    source: index % 5 ? "Web form" : "Expo Chicago, stand 14",
    teamId: "new",
    tags: index % 7 ? [] : ["parking"],
    notes: "",
    doNotCall: false,
    importId: null,
    ...own,
  } as unknown as Lead;
}

const before = (now: Date, minutes: number): string =>
  new Date(now.getTime() - minutes * 60_000).toISOString();

function taskOf(id: string, leadId: string, title: string, due: Date | null): Task {
  const own = { leadId, title, dueAt: due?.toISOString() ?? null, assigneeId: "ana", teamId: "new" };
  return { ...base, id, ...fields.task(own) } as unknown as Task;
}

/** The profile of the drawings: calls, notes, a conflict, a deal. */
function addHistory(fake: FakeLeads, now: Date): void {
  const maria = fake.leads.find(({ name }) => name === "Maria Kowalski");
  if (!maria) return;
  Object.assign(maria, {
    title: "Head of Operations",
    city: "Chicago",
    email: "maria.k@halden.example",
    source: "Expo Chicago, stand 14",
    custom: { budget: 450_000, headcount: 42, lease_ends: "2027-03-31", area: "West Loop, Fulton Market" },
    kept: [
      {
        id: "kept-budget",
        field: "custom.budget",
        value: 650_000,
        byId: "ben",
        at: before(now, 12),
        wonById: "ana",
        wonEdit: "e9",
        settledAt: null,
      },
    ],
  });
  const leadId = maria.id;
  fake.tasks.push(
    taskOf(
      "t-a",
      leadId,
      "Ask about break clause",
      new Date(now.getFullYear(), now.getMonth(), now.getDate(), 17),
    ),
    taskOf("t-b", leadId, "Check parking, 6 spaces", new Date(now.getTime() + 2 * 86_400_000)),
    taskOf("t-c", leadId, "Draft proposal", new Date(now.getTime() + 8 * 86_400_000)),
  );
  fake.calls.push(call("c1", leadId, now, 14, 468), call("c2", leadId, now, 2_820, 0));
  fake.activities.push(
    activity(
      "a1",
      leadId,
      before(now, 1_290),
      "note",
      "Current lease with Westgate, no break clause. They pay parking on top. Needs two meeting rooms and a loading bay.",
    ),
    activity("a2", leadId, before(now, 1_744), "change", "", [
      { field: "stage", from: "contacted", to: "qualified" },
    ]),
    activity("a3", leadId, before(now, 9_000), "created", ""),
  );
  fake.deals.push({
    ...base,
    id: "deal-1",
    name: "Fourth floor, 210 Canal St",
    leadId,
    listingId: null,
    stage: "offer",
    value: 486_000,
    currency: "USD",
    expectedCloseOn: "2026-12-18",
    probability: 60,
    ownerId: "ana",
    teamId: "new",
    notes: "",
    custom: {},
  } as unknown as Deal);
}

function call(id: string, leadId: string, now: Date, minutesAgo: number, seconds: number): Call {
  const startedAt = new Date(now.getTime() - minutesAgo * 60_000);
  return {
    ...base,
    id,
    leadId,
    agentId: "ana",
    teamId: "new",
    direction: "outbound",
    from: "+13125550100",
    to: "+13125550147",
    startedAt: startedAt.toISOString(),
    answeredAt: seconds ? startedAt.toISOString() : null,
    endedAt: new Date(startedAt.getTime() + seconds * 1000).toISOString(),
    endReason: seconds ? "completed" : "voicemail",
    disposition: "",
    notes: "",
    summary: seconds
      ? "42 people, maybe 60 by spring. Wants the fourth floor; price is above the current lease. CFO decides with her."
      : "",
    sentiment: seconds ? "positive" : "",
    recording: "",
  } as unknown as Call;
}

function activity(
  id: string,
  leadId: string,
  at: string,
  kind: string,
  text: string,
  changes: object[] = [],
): Activity {
  return {
    ...base,
    id,
    kind,
    leadId,
    subject: null,
    at,
    byId: "ana",
    ownerId: "ana",
    teamId: "new",
    title: "",
    text,
    changes,
  } as unknown as Activity;
}
