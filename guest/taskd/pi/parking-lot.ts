/** Keeps pi processes parked, so that opening a task waits for none. */
import { park, type Parked, type ParkingOptions } from './parked';

export class ParkingLot {
  readonly #parked: Array<Promise<Parked>> = [];
  #wanted = 0;

  /** `onFailure` is told when one could not be parked behind a claim. */
  constructor(
    private readonly options: ParkingOptions,
    private readonly onFailure: (error: unknown) => void,
    private readonly parkOne: typeof park = park,
  ) {}

  /** How many of the parked answer a question now. One that is still being parked does not, and is not waited for. */
  async countAnswering(): Promise<number> {
    const answers = this.#parked.map(async (parking) => {
      const parked = await Promise.race([parking, Promise.resolve(null)]);
      if (parked === null) throw new Error('It is still being parked.');
      await parked.process.request({ type: 'get_state' }, 5_000);
    });
    return (await Promise.allSettled(answers)).filter(({ status }) => status === 'fulfilled').length;
  }

  /** Parks until `count` stand ready. @throws Error when one cannot be loaded */
  async fill(count: number): Promise<void> {
    this.#wanted = count;
    while (this.#parked.length < count) this.#parked.push(this.parkOne(this.options));
    await Promise.all(this.#parked);
  }

  /** Takes one; parks another at once only when none is left, since parking would slow down what comes next. */
  async claim(): Promise<Parked> {
    const parked = await (this.#parked.shift() ?? this.parkOne(this.options));
    // One that died while it waited is replaced, not handed out.
    if (parked.process.isGone) return this.claim();
    if (this.#parked.length === 0) this.refill();
    return parked;
  }

  /** Parks as many as were claimed, one after another; called when the machine has time for it. */
  refill(): void {
    if (this.#parked.length >= this.#wanted) return;
    const parking = this.parkOne(this.options);
    this.#parked.push(parking);
    parking.then(
      () => this.refill(),
      (error: unknown) => {
        // It may have been claimed already.
        const index = this.#parked.indexOf(parking);
        if (index !== -1) void this.#parked.splice(index, 1);
        this.onFailure(error);
      },
    );
  }
}
