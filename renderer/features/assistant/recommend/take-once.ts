/**
 * Does something unless it is done or under way: clicked twice it would be done twice. What came to nothing, or broke
 * off, may be tried again.
 * @param taken whether it is done or under way, kept by whoever shows it
 * @param work answers whether it is done
 */
export async function takeOnce(taken: { current: boolean }, work: () => Promise<boolean>): Promise<void> {
  if (taken.current) return;
  taken.current = true;
  let isDone = false;
  try {
    isDone = await work();
  } finally {
    taken.current = isDone;
  }
}
