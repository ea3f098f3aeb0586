const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
/** Steps up to this long show no spinner. */
const quietMs = 300;

/**
 * @typedef {object} Report
 * @property {() => void} changed reports that there was something to do
 * @property {(line: string) => void} detail shows a line below the step
 */

/** Shows steps: a spinner with the elapsed time on a terminal, and one line for each step that did something. */
export class Progress {
  /** @param {NodeJS.WriteStream} stream */
  constructor(stream = process.stderr) {
    this.stream = stream;
  }

  /**
   * @template T
   * @param {string} name
   * @param {(report: Report) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(name, work) {
    const start = performance.now();
    let isChanged = false;
    const elapsed = () => ((performance.now() - start) / 1000).toFixed(1);
    const stopSpinner = this.#spin(() => `${name} ${elapsed()} s`, start);
    const report = {
      changed: () => {
        isChanged = true;
      },
      detail: (/** @type {string} */ line) => this.#line(`  ${line}`),
    };
    try {
      const result = await work(report);
      stopSpinner();
      if (isChanged) this.#line(`✓ ${name} (${elapsed()} s)`);
      return result;
    } catch (error) {
      stopSpinner();
      this.#line(`✗ ${name} (${elapsed()} s)`);
      throw error;
    }
  }

  /** @param {string} text */
  #line(text) {
    this.stream.write(this.stream.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
  }

  /**
   * @param {() => string} text
   * @param {number} start
   */
  #spin(text, start) {
    if (!this.stream.isTTY) return () => {};
    let frame = 0;
    const timer = setInterval(() => {
      if (performance.now() - start < quietMs) return;
      frame = (frame + 1) % frames.length;
      this.stream.write(`\r\x1b[K${frames[frame]} ${text()}`);
    }, frameMs);
    return () => {
      clearInterval(timer);
      this.stream.write('\r\x1b[K');
    };
  }
}
