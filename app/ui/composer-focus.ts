/** Puts the cursor into the message field, wherever the focus is. */
export const focusComposer = (): void => document.getElementById(composerId)?.focus();

export const composerId = 'message';
