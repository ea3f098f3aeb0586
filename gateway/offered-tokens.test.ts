import { offeredTokens } from './offered-tokens';

test('looks for a token in all four places', () => {
  const headers = { authorization: 'Bearer a', 'x-api-key': 'b', 'x-goog-api-key': 'c' };
  expect(offeredTokens(headers, new URLSearchParams('key=d'))).toEqual(['a', 'b', 'c', 'd']);
  expect(offeredTokens({ authorization: 'Basic a' }, new URLSearchParams())).toEqual([]);
});
