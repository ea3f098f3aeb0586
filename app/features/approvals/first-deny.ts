/** Finds the first open question's Deny button, where the keyboard starts. */
export const firstDeny = '[data-approval="deny"]';
