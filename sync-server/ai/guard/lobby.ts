/** How many wait, and who for: no tenant may fill it alone. */
export type Lobby = {
  /** @returns false where there is no room; else `leave` is called once */
  enter(tenantId: string): boolean;
  leave(tenantId: string): void;
};

export function createLobby(most: number): Lobby {
  const byTenant = new Map<string, number>();
  let all = 0;
  return {
    enter(tenantId) {
      const own = byTenant.get(tenantId) ?? 0;
      if (all >= most || own >= Math.ceil(most / 2)) return false;
      byTenant.set(tenantId, own + 1);
      all += 1;
      return true;
    },
    leave(tenantId) {
      const own = byTenant.get(tenantId) ?? 0;
      if (own <= 1) byTenant.delete(tenantId);
      else byTenant.set(tenantId, own - 1);
      all -= 1;
    },
  };
}
