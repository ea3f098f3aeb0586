/** Names a card of a task in the store. */
export const expandedKey = (taskId: string, cardId: string): string => `${taskId} ${cardId}`;
