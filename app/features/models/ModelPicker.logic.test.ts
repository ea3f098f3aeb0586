import { fakeSnapshot } from '../../dev/data/snapshot';
import { groupModels, modelName } from './ModelPicker.logic';

test('models are listed below their provider, in the order of the providers', () => {
  const models = [{ ref: 'anthropic/b', name: 'B' }, ...fakeSnapshot.models, { ref: 'unknown/x/y', name: 'XY' }];
  expect(groupModels(models, fakeSnapshot.providers).map(({ label, models: of }) => [label, of.length])).toEqual([
    ['Tour', 1],
    ['Anthropic', 3],
    ['unknown', 1],
  ]);
});

test('a model that is gone is named by its reference', () => {
  expect([modelName('tour/tour', fakeSnapshot.models), modelName('old/one', fakeSnapshot.models)]).toEqual([
    'Tour (built in, offline)',
    'old/one',
  ]);
});
