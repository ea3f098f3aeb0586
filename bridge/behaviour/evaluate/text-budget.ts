/** How much text the patterns of all rules may go through for one event: linear time is still time. */

/** Characters, each counted once for every pattern that goes through it. */
export const mostMatchedCharacters = 1_000_000;

/** The texts of an event are too long for its rules. A gate says no then: padding is no way round a rule. */
export class TextTooLongError extends Error {
  constructor() {
    super(`The rules can't search that much text: at most ${mostMatchedCharacters} characters in total.`);
    this.name = 'TextTooLongError';
  }
}

/** Spent while the rules of one event are looked at. */
export class TextBudget {
  private left = mostMatchedCharacters;

  /** @throws TextTooLongError when it is used up */
  spend(characters: number): void {
    this.left -= characters;
    if (this.left < 0) throw new TextTooLongError();
  }
}
