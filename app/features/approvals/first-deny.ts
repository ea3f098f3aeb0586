/** Finds the first open question's way to say no, which is where the keyboard starts. */
export const firstDeny = '[data-approval="deny"]';
