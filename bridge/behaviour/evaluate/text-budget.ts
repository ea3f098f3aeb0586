/** How much text the patterns of all rules may search for one event: linear time also adds up. */

/** Characters, each counted once for every pattern that searches it. */
const mostMatchedCharacters = 1_000_000;

/** The texts of an event are too long for its rules. A gate then says no, so padding can't bypass a rule. */
export class TextTooLongError extends Error {
  constructor() {
    super(`The rules can't search that much text: at most ${mostMatchedCharacters} characters in total.`);
    this.name = 'TextTooLongError';
  }
}

/** Used up by evaluating the rules of one event. */
export class TextBudget {
  private left = mostMatchedCharacters;

  /** @throws TextTooLongError when it is used up */
  spend(characters: number): void {
    this.left -= characters;
    if (this.left < 0) throw new TextTooLongError();
  }
}
