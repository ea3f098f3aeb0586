/**
 * Which keys can be distinguished from words.
 *
 * Local servers accept any key, so people type `ollama` or `none`: words that also appear in answers and file names.
 * Such a key protects nothing, so Piwork doesn't look for it. It looks only for keys that nobody writes by accident.
 */
const leastCharacters = 16;
const leastRandomCharacters = 10;
const leastDifferentCharacters = 6;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isDate = (part: string): boolean => /^(?:19|20)\d{6}$/.test(part);
/** Capitals are at the beginning of words or everywhere, and hardly any word has five consonants in a row. */
const isWord = (part: string): boolean =>
  /^(?:[A-Z]?[a-z]+|[A-Z]+|[A-Z]?[a-z]{2,}(?:[A-Z][a-z]+)+)$/.test(part) &&
  (part.length < 12 || !/[bcdfghjklmnpqrstvwxz]{5}/i.test(part));

/** Words with a number, such as `qwen2`, and numbers with a unit, such as `70b` */
function isNumberedWord(part: string): boolean {
  const letters = /^([a-z]{1,12})\d{1,4}[a-z]?$/i.exec(part)?.[1];
  return letters === undefined ? /^v?\d{1,4}[a-z]{1,2}$/i.test(part) : isWord(letters);
}

function isRandom(part: string): boolean {
  if (/^\d+$/.test(part)) return part.length >= 8 && !isDate(part);
  return /^[a-z]+$/i.test(part) ? !isWord(part) : !isNumberedWord(part);
}

/** Whether a key is long and random enough that no answer contains it by accident. */
export function isRecognisable(key: string): boolean {
  const parts = key.split(/[^a-z0-9]+/i).filter((part) => part !== '');
  const random = (uuid.test(key) ? parts : parts.filter(isRandom)).join('');
  return (
    key.length >= leastCharacters &&
    random.length >= leastRandomCharacters &&
    new Set(random).size >= leastDifferentCharacters
  );
}
