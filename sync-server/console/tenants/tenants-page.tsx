import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { ago, dayInWords, dayName } from "../../../renderer/ui/format/times.ts";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Plan, Tenants, type Tenant as WireTenant } from "../../admin/wire.ts";
import { plans, planWords } from "../ai/offer-words.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Column, Deed, Detail, Facts, NewButton, Page, Section, Trouble } from "../parts/page.tsx";
import { NewTenantForm } from "./new-tenant-form.tsx";

type Tenant = z.output<typeof WireTenant>;

const here = ["tenants"];
const kindWords: Record<Tenant["kind"], string> = {
  customer: "Customer",
  operations: "Operations",
  demo: "Demo",
};

/** Every organisation on this server and how much it uses, never what it has written. */
export function TenantsPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/tenants", Tenants);
  const tenant = value?.tenants.find(({ id }) => id === open);
  return (
    <Page
      crumbs={[
        { label: "Tenants", to: here },
        ...(tenant ? [{ label: tenant.name }] : open === "new" ? [{ label: "New tenant" }] : []),
      ]}
      action={open !== "new" && <NewButton label="Make a tenant" to={[...here, "new"]} />}
    >
      <Column kind="main" label="Tenants">
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="Tenants"
          rows={value?.tenants}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          faded={({ suspendedAt }) => suspendedAt !== null}
          columns={columns}
          empty={
            <>
              No organisations yet. <Link to={[...here, "new"]}>Make the first</Link>
            </>
          }
        />
      </Column>
      {open === "new" && <NewTenantForm />}
      {tenant && <TenantDetail tenant={tenant} />}
    </Page>
  );
}

const columns: readonly DataColumn<Tenant>[] = [
  { title: "Name", cell: ({ name }) => <span className="cut">{name}</span> },
  { title: "Kind", width: "100px", spare: true, cell: ({ kind }) => kindWords[kind] },
  { title: "State", width: "100px", cell: ({ suspendedAt }) => (suspendedAt ? "Suspended" : "Active") },
  { title: "People", width: "72px", align: "end", cell: ({ people }) => formatCount(people) },
  { title: "Devices", width: "76px", align: "end", cell: ({ devices }) => formatCount(devices) },
  { title: "Leads", width: "84px", align: "end", spare: true, cell: ({ leads }) => formatCount(leads) },
  { title: "Calls", width: "84px", align: "end", spare: true, cell: ({ calls }) => formatCount(calls) },
  { title: "Last active", width: "104px", align: "end", cell: ({ lastActiveAt }) => sayAgo(lastActiveAt) },
];

function sayAgo(at: string | null): string {
  return at === null ? "Never" : ago(new Date(at), new Date());
}

function TenantDetail({ tenant }: { tenant: Tenant }) {
  const { id, name, kind, createdAt, suspendedAt, people, devices, leads, calls, lastActiveAt } = tenant;
  const now = useNow();
  return (
    <Detail key={id} title={name} subtitle={kindWords[kind]} closeTo={here}>
      <Facts
        facts={[
          ["State", suspendedAt ? `Suspended since ${dayInWords(new Date(suspendedAt), now)}` : "Active"],
          ["Made", dayName(new Date(createdAt), now)],
          ["Last active", sayAgo(lastActiveAt)],
          ["People", formatCount(people)],
          ["Devices", formatCount(devices)],
          ["Leads", formatCount(leads)],
          ["Calls", formatCount(calls)],
        ]}
      />
      {kind === "operations" ? (
        <p>This is where operators belong; it cannot be suspended.</p>
      ) : (
        <>
          <PlanField tenant={tenant} />
          <SuspendDeed tenant={tenant} />
        </>
      )}
    </Detail>
  );
}

/** What they have bought: models of the catalogue may come with it. */
function PlanField({ tenant: { id, name, plan } }: { tenant: Tenant }) {
  const change = useChange();
  const patch = (next: Tenant["plan"]) => ({
    ...{ method: "PATCH" as const, path: `/tenants/${id}`, body: { plan: next } },
  });
  const choose = (chosen: string | null) => {
    const next = chosen === null ? null : Plan.parse(chosen);
    const said = next ? `${name} has ${planWords[next]}.` : `${name} has no plan.`;
    void change({ request: patch(next), undo: [patch(plan)], said });
  };
  return <Select label="Plan" clearable choices={plans} value={plan} onChange={choose} />;
}

function SuspendDeed({ tenant: { id, name, suspendedAt } }: { tenant: Tenant }) {
  const change = useChange();
  const post = (verb: "suspend" | "resume") => ({
    method: "POST" as const,
    path: `/tenants/${id}/${verb}`,
  });
  const isSuspended = suspendedAt !== null;
  const turn = () =>
    void change({
      request: post(isSuspended ? "resume" : "suspend"),
      undo: [post(isSuspended ? "suspend" : "resume")],
      said: isSuspended ? `${name} can work again.` : `Nobody of ${name} can sign in or sync.`,
    });
  return (
    <Section title="Access">
      <Deed
        says={
          isSuspended
            ? "Lets everybody in again. Desks send what they kept."
            : "Keeps everybody out. Nothing is removed; desks keep unsent edits until it is resumed."
        }
      >
        <Button size="small" onClick={turn}>
          {isSuspended ? "Resume" : "Suspend"}
        </Button>
      </Deed>
    </Section>
  );
}
