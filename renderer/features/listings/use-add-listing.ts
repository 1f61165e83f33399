import { session } from "../../../shared/rpc/contract/session.ts";
import { useDirectory, useEdits, useLive } from "../../client/index.ts";

/** Adds a draft to fill in where it opens; answers its id. */
export function useAddListing(): () => Promise<string | null> {
  const { create } = useEdits();
  const { business, term } = useDirectory();
  const state = useLive(session, {}).value?.session;
  return async () => {
    const fields = {
      title: `New ${term("listing")}`,
      address: "",
      city: "",
      type: "",
      status: "draft",
      price: null,
      currency: business?.currency ?? "USD",
      bedrooms: null,
      bathrooms: null,
      parking: null,
      landSize: null,
      features: [],
      description: "",
      ownerId: state?.state === "signed-in" ? state.person.userId : null,
      custom: {},
    };
    const added = await create({ collection: "listings", fields, label: `Added a ${term("listing")}` });
    return added.ok ? added.value.id : null;
  };
}
