// Properties of a crystal, predicted in three lines by a model that lies in this repository.
import { readStructures } from '@bravais/datasets/node';
import { loadModel } from '@bravais/trainer/node';

const model = await loadModel('models/formation-energy');
const { structures } = await readStructures('examples/rock-salt.cif');
const [first] = await model.predict(structures.map(({ structure }) => structure));
console.log(
  `${structures[0]!.name}: ${first!.formationEnergy!.value.toFixed(2)} ${model.properties[0]!.unit}`,
);
