/**
 * Gives up every connection of `fetch` in this process: from before a sleep, or from another network, they look open
 * and answer nobody. What is being asked over them fails at once; whoever asks next opens a new one.
 */
export async function dropConnections(): Promise<void> {
  // Node's own `fetch` takes the dispatcher of this package; it is loaded when a machine first wakes up.
  const { Agent, getGlobalDispatcher, setGlobalDispatcher } = await import("undici");
  const kept = getGlobalDispatcher();
  setGlobalDispatcher(new Agent());
  await kept.destroy();
}
