import { Link } from "@tanstack/react-router";
import { openDealsOf } from "../../../../shared/assistant/story.ts";
import type { Deal } from "../../../../shared/entities/deal.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { leadProfile } from "../../../../shared/rpc/contract/leads.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { DealOutlook, Recommended } from "../../assistant/index.ts";
import { useDial } from "../model/use-phone.ts";
import { WriteAfterCall } from "./write-after-call.tsx";
import styles from "./wrap-up.module.css";

/** What follows from a call: the letter, what should be done with them first, and where their deals stand. */
export function AfterCall({ callId, leadId }: { callId: RecordId; leadId: RecordId }) {
  const { lead = null, deals = [] } = useLive(leadProfile, { id: leadId }).value ?? {};
  const dial = useDial();
  const call = () => dial(lead?.phone || (lead?.phoneSecond ?? ""), leadId);
  return (
    <>
      <WriteAfterCall callId={callId} leadId={leadId} />
      <div className={styles["after"]}>
        <Recommended leadId={leadId} onCall={call} most={1} />
        <OpenDeals deals={deals} />
      </div>
    </>
  );
}

/** What is won or lost needs nothing any more. */
function OpenDeals({ deals }: { deals: readonly Deal[] }) {
  const { stages } = useDirectory();
  const open = openDealsOf({ deals, stages: stages("deals") });
  if (open.length === 0) return null;
  return (
    <section aria-label="Where it stands">
      <h3>Where it stands</h3>
      {open.map(({ id, name }) => (
        <div key={id} className={styles["deal"]}>
          <Link to="/deals" search={{ open: id }} className="cut">
            <bdi>{name}</bdi>
          </Link>
          <DealOutlook dealId={id} />
        </div>
      ))}
    </section>
  );
}
