/** An id for one prompt; unique without a secure context, where `randomUUID` is missing. */
export function newPromptId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `p-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
