import { hasIntegrity } from './npm-source';

const integrity = 'sha512-MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==';

test('accepts content with the published sha512, and refuses it with one changed byte', () => {
  expect(hasIntegrity(Buffer.from('hello world'), integrity)).toBe(true);
  expect(hasIntegrity(Buffer.from('hello w0rld'), integrity)).toBe(false);
});
