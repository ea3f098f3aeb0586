/** `toBeVisible`: the element is in the page and has text, and nothing around it hides it. */
export {};

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the only way to add a matcher to jest's types
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- merged with jest's own declaration
    interface Matchers<R, T> {
      toBeVisible(): R;
    }
  }
}

const isHidden = (element: Element): boolean => {
  const { display, visibility } = getComputedStyle(element);
  return display === 'none' || visibility === 'hidden';
};

/** Assistive technology may skip visible elements, so `aria-hidden` doesn't count. */
function whyInvisible(element: unknown): string | null {
  if (!(element instanceof HTMLElement)) return 'it is not an element';
  if (!element.isConnected) return 'it is not in the page';
  if (!element.textContent.trim()) return 'it is empty';
  for (let around: Element | null = element; around; around = around.parentElement)
    if (isHidden(around)) return 'it, or an element around it, is hidden';
  return null;
}

expect.extend({
  toBeVisible(element: unknown) {
    const why = whyInvisible(element);
    const found = element instanceof HTMLElement ? element.outerHTML : String(element);
    return { pass: why === null, message: () => `${why ?? 'It is visible'}: ${found}` };
  },
});
