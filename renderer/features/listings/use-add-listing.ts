import type { ReactNode } from "react";
import { useDirectory, useEdits } from "../../client/index.ts";
import { useAdding } from "../record-fields/index.ts";

/** Adds a draft to fill in where it opens; asks first for what no draft can be without. */
export function useAddListing(onAdded: (id: string) => void): { begin: () => void; dialog: ReactNode } {
  const { create } = useEdits();
  const { term } = useDirectory();
  return useAdding("listings", term("listing"), async (given) => {
    const fields = { title: `New ${term("listing")}`, status: "draft", ...given };
    const added = await create({ collection: "listings", fields, label: `Added a ${term("listing")}` });
    if (added.ok) onAdded(added.value.id);
    return added.ok;
  });
}
