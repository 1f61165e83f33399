import type { CollectionName } from "../../../shared/entities/collections.ts";

/** Shows a record where people work with it; `leadId` where it hangs on a lead. */
export type OpenRecord = (record: { collection: CollectionName; id: string; leadId: string | null }) => void;
