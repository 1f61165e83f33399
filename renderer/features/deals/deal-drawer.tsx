import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { record } from "../../../shared/rpc/contract/records.ts";
import { skip, useDirectory, useEdits, useLive } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Drawer } from "../../ui/floating/dialog.tsx";
import { DealForm } from "./deal-form.tsx";

/** One deal with all its fields, each saved as it is left. */
export function DealDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { term } = useDirectory();
  const answer = useLive(record, id === null ? skip : { collection: "deals", id: id as RecordId }).value;
  const deal = id === null ? null : (answer?.record as Deal | null | undefined);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={deal?.name ?? ""}
      footer={deal && <DealFooter deal={deal} onClose={onClose} />}
    >
      {deal === null && answer && (
        <EmptyState>This {term("deal")} was deleted, or you may no longer see it.</EmptyState>
      )}
      {deal && <OpenDeal key={deal.id} deal={deal} />}
    </Drawer>
  );
}

function OpenDeal({ deal }: { deal: Deal }) {
  const { edit } = useEdits();
  const { fieldLabel } = useDirectory();
  const leadName = useNameOf("leads", deal.leadId, "name");
  const listingTitle = useNameOf("listings", deal.listingId, "title");
  return (
    <DealForm
      deal={deal}
      leadName={leadName}
      listingTitle={listingTitle}
      onSet={(path, value) =>
        void edit(
          [{ collection: "deals", id: deal.id, set: { [path]: value } }],
          `Changed ${fieldLabel("deals", path)} of ${deal.name}`,
        )
      }
    />
  );
}

function useNameOf(collection: "leads" | "listings", id: RecordId | null, field: string): string | null {
  const answer = useLive(record, id === null ? skip : { collection, id }).value;
  const name = id === null ? null : answer?.record?.[field];
  return typeof name === "string" ? name : null;
}

function DealFooter({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { remove } = useEdits();
  const { term } = useDirectory();
  return (
    <>
      <Button
        kind="quiet"
        icon={Trash2}
        onClick={() => {
          onClose();
          void remove("deals", [deal.id], `Deleted ${deal.name}`);
        }}
      >
        Delete
      </Button>
      {deal.leadId && (
        <Link to="/leads/$leadId" params={{ leadId: deal.leadId }}>
          Show the {term("lead")}
        </Link>
      )}
      <Button keys="escape" onClick={onClose}>
        Close
      </Button>
    </>
  );
}
