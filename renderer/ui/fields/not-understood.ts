/**
 * Whether a field in there holds something that it does not understand; the first one says so. To be asked before
 * anything is sent: what its form knows of it is what stood there before.
 */
export function isNotUnderstood(form: ParentNode | null): boolean {
  const inputs = Array.from(form?.querySelectorAll("input") ?? []);
  const wrong = inputs.find(({ validity }) => validity.customError);
  wrong?.reportValidity();
  return wrong !== undefined;
}
