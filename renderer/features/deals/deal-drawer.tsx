import { Link } from "@tanstack/react-router";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { record } from "../../../shared/rpc/contract/records.ts";
import { skip, useDirectory, useLive } from "../../client/index.ts";
import { DealInsightCard } from "../assistant/index.ts";
import { RecordDrawer, type SetField } from "../record-fields/index.ts";
import { DealForm } from "./deal-form.tsx";
import { DealTasks } from "./deal-tasks.tsx";

/** One deal beside the board. */
export function DealDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { term } = useDirectory();
  return (
    <RecordDrawer
      collection="deals"
      id={id}
      noun={term("deal")}
      nameOf={({ name }) => name}
      onClose={onClose}
      renderLink={({ leadId }) =>
        leadId && (
          <Link to="/leads/$leadId" params={{ leadId }}>
            Show the {term("lead")}
          </Link>
        )
      }
    >
      {(deal, set) => <OpenDeal deal={deal} onSet={set} />}
    </RecordDrawer>
  );
}

function OpenDeal({ deal, onSet }: { deal: Deal; onSet: SetField }) {
  const leadName = useNameOf("leads", deal.leadId, "name");
  const listingTitle = useNameOf("listings", deal.listingId, "title");
  return (
    <>
      <DealInsightCard dealId={deal.id} />
      <DealTasks deal={deal} />
      <DealForm deal={deal} leadName={leadName} listingTitle={listingTitle} onSet={onSet} />
    </>
  );
}

function useNameOf(collection: "leads" | "listings", id: RecordId | null, field: string): string | null {
  const answer = useLive(record, id === null ? skip : { collection, id }).value;
  const name = id === null ? null : answer?.record?.[field];
  return typeof name === "string" ? name : null;
}
