import { v7 } from "uuid";
import { ok } from "../../shared/result/result.ts";
import type { Catalogue, Guard, Ledger, ModelRoute } from "./parts-port.ts";

// The gateway's parts of a server whose environment names one model and nothing else is set up.

export function createCatalogueOf(model: Omit<ModelRoute, "role"> | null): Catalogue {
  return {
    async routesOf({ role }) {
      return model && (role === "large" || role === "small") ? [{ ...model, role }] : [];
    },
  };
}

export const withoutLimits: Ledger = {
  async reserve({ tenantId }) {
    return ok({ requestId: v7(), tenantId });
  },
  async settle() {},
  note: () => v7(),
};

export const withoutWaiting: Guard = {
  run: (_turn, work) => work(),
  isLaden: () => false,
};
