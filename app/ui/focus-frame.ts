/** Puts a dialog's first focus on its frame, if no single control is its main purpose. */
export function focusFrame(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
