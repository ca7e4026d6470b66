import type { ViewName } from '@bravais/datasets';
import { type Device, tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../model/prepare';
import type { FittedTarget, HostLabels, LabelSource, Labels } from './target-kind';
import { type TargetConfig, type TargetConfigs, targetKind } from './target-kinds';

/** Labels of a batch on the host, by target. */
export type HostTargetLabels = Readonly<Record<string, HostLabels>>;

/** The same on the device. */
export type TargetLabels = Readonly<Record<string, Labels>>;

/** A material as a source of labels; `null` where it lacks the modality that the target is predicted from. */
export function labelSource(material: PreparedMaterial, { modality }: TargetConfig): LabelSource | null {
  const has = modality === 'structure' ? material.structure : material.views[modality as ViewName];
  return has === undefined ? null : { id: material.id, scalars: material.scalars ?? {} };
}

/**
 * What the heads must know of the training labels, by target.
 *
 * @throws {ModelError} `TARGET_LABELS`
 */
export function fitTargets(
  targets: TargetConfigs,
  training: readonly PreparedMaterial[],
): Record<string, FittedTarget> {
  return Object.fromEntries(
    Object.entries(targets).map(([name, config]) => {
      const sources = training.flatMap((material) => labelSource(material, config) ?? []);
      return [name, targetKind(config).fit(name, config, sources)];
    }),
  );
}

/**
 * Labels of a batch; what a material lacks weighs nothing.
 *
 * @throws {ModelError} `TARGET_LABELS`, with the id of the material
 */
export function hostTargetLabels(
  targets: TargetConfigs,
  fitted: Readonly<Record<string, FittedTarget>>,
  materials: readonly PreparedMaterial[],
): HostTargetLabels {
  return Object.fromEntries(
    Object.entries(targets).map(([name, config]) => {
      const rows = materials.map((material) => labelSource(material, config));
      return [name, targetKind(config).layOut(name, config, fitted[name]!, rows)];
    }),
  );
}

/** Sends labels to the device; the tensors belong to the caller's scope. */
export function uploadTargetLabels(device: Device, labels: HostTargetLabels): TargetLabels {
  return Object.fromEntries(
    Object.entries(labels).map(([name, columns]) => [
      name,
      Object.fromEntries(
        Object.entries(columns).map(([column, { values, shape }]) => [column, tensor(device, values, shape)]),
      ),
    ]),
  );
}
