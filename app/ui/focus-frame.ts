/** Puts the first focus of a dialog on its frame, where no single control is what it is for. */
export function focusFrame(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
