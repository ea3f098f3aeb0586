/** Stores the person's model keys. Each shell has its own way. No key ever reaches the guest. */
export interface KeyStore {
  /** One sentence for people: how and where keys are stored */
  readonly description: string;
  /** What the person should know about keys now, such as a file that others could read */
  readonly warning: string | null;
  has(provider: string): boolean;
  get(provider: string): string | null;
  set(provider: string, key: string): Promise<void>;
  remove(provider: string): Promise<void>;
}
