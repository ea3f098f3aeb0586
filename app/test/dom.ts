/** What browsers have and jsdom lacks. Imported before anything that draws. */

class NoResizes implements ResizeObserver {
  observe(): void {
    // Nothing changes its size in a test.
  }
  unobserve(): void {
    // See observe.
  }
  disconnect(): void {
    // See observe.
  }
}

window.ResizeObserver = NoResizes;
Object.assign(URL, { createObjectURL: () => 'blob:test', revokeObjectURL: () => undefined });
Object.assign(Element.prototype, {
  scrollIntoView: () => undefined,
  hasPointerCapture: () => false,
  setPointerCapture: () => undefined,
  releasePointerCapture: () => undefined,
});

// Rows are drawn only where there is room, so scrolled elements have a height and scroll.
const viewHeightPx = 600;
const rowHeightPx = 40;
const define = (name: string, get: (this: HTMLElement) => number): void => {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get });
};
define('offsetWidth', () => 900);
define('clientHeight', () => viewHeightPx);
define('offsetHeight', function () {
  return this.tabIndex === 0 ? viewHeightPx : rowHeightPx;
});
define('scrollHeight', function () {
  const content = this.firstElementChild instanceof HTMLElement ? parseFloat(this.firstElementChild.style.height) : 0;
  return Math.max(viewHeightPx, content || 0);
});
HTMLElement.prototype.scrollTo = function (this: HTMLElement, options?: ScrollToOptions | number) {
  const top = typeof options === 'object' ? (options.top ?? 0) : 0;
  this.scrollTop = Math.min(Math.max(0, top), this.scrollHeight - this.clientHeight);
  queueMicrotask(() => this.dispatchEvent(new Event('scroll')));
};
