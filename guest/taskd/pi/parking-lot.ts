/** Keeps pi processes parked, so that opening a task doesn't wait for one to load. */
import { park, type Parked, type ParkingOptions } from './parked';

/** Each parked pi takes some 150 MB of the guest's memory. */
const mostParked = 4;

/** One process that is parked, or being parked. */
interface Place {
  readonly parking: Promise<Parked>;
  readonly hurry: AbortController;
  isLoading: boolean;
}

export class ParkingLot {
  readonly #parked: Place[] = [];
  #wanted = 0;

  /** `onFailure` is called when parking one in the background fails. */
  constructor(
    private readonly options: ParkingOptions,
    private readonly onFailure: (error: unknown) => void,
    private readonly parkOne: typeof park = park,
  ) {}

  /** How many parked processes answer a request now. Doesn't count or wait for those that are still being parked. */
  async countAnswering(): Promise<number> {
    const answers = this.#parked.map(async ({ parking }) => {
      const parked = await Promise.race([parking, Promise.resolve(null)]);
      if (parked === null) throw new Error('It is still being parked.');
      await parked.process.request({ type: 'get_state' }, 5_000);
    });
    return (await Promise.allSettled(answers)).filter(({ status }) => status === 'fulfilled').length;
  }

  /** Parks until `count` are ready. @throws Error when one can't be loaded */
  async fill(count: number): Promise<void> {
    this.#wanted = count;
    while (this.#parked.length < count) this.#parked.push(this.#park());
    await Promise.all(this.#parked.map(({ parking }) => parking));
  }

  /** Takes one. Parks another immediately only when none is left, because parking slows down what comes next. */
  async claim(): Promise<Parked> {
    const next = this.#parked.shift() ?? this.#park();
    if (next.isLoading) {
      // People open more tasks than there were processes for: park one more ahead from now on.
      this.#wanted = Math.min(this.#wanted + 1, mostParked);
      next.hurry.abort();
    }
    const parked = await next.parking;
    // If it died while parked, take the next one.
    if (parked.process.isGone) return this.claim();
    if (this.#parked.length === 0) this.refill();
    return parked;
  }

  /** Parks as many as were claimed, one at a time. Call it when the machine is idle. */
  refill(): void {
    if (this.#parked.length >= this.#wanted || this.#parked.some(({ isLoading }) => isLoading)) return;
    const place = this.#park();
    this.#parked.push(place);
    place.parking.then(
      () => this.refill(),
      (error: unknown) => {
        // It may already have been claimed.
        const index = this.#parked.indexOf(place);
        if (index !== -1) void this.#parked.splice(index, 1);
        this.onFailure(error);
      },
    );
  }

  #park(): Place {
    const hurry = new AbortController();
    const place: Place = { parking: this.parkOne(this.options, hurry.signal), hurry, isLoading: true };
    const loaded = (): void => void (place.isLoading = false);
    place.parking.then(loaded, loaded);
    return place;
  }
}
