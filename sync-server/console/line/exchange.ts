import type { Account } from "./provider-words.ts";

export type Extension = { userId: string; username: string };
export type Relay = { urls: string; username: string };
export type ExchangeConfig = { server: string; domain: string; agents: Extension[]; iceServers: Relay[] };

/** What stands in the config of an account of this kind, as the server has checked it. */
export function exchangeOf({ config }: Pick<Account, "config">): ExchangeConfig {
  const { server = "", domain = "", agents = [], iceServers = [] } = config as Partial<ExchangeConfig>;
  return { server, domain, agents, iceServers };
}

/** Who has which extension, after one was given, changed or (empty) taken away. */
export function withExtension(agents: readonly Extension[], userId: string, username: string): Extension[] {
  const others = agents.filter((agent) => agent.userId !== userId);
  return username === "" ? others : [...others, { userId, username }];
}
