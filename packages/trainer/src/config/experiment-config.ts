import type { ViewName } from '@bravais/datasets';
import type { SplitOptions } from '@bravais/datasets/splits';
import type { SiteFeatureOptions } from '@bravais/graph-nn';
import type { ViewAugmentations } from '../augmentation/view-augmentation';
import type { AlignmentLossConfig } from '../model/alignment-losses';
import type { StructureEncoderConfig } from '../model/structure-encoders';
import type { ViewEncoderConfig } from '../model/view-encoders';
import type { TargetConfigs } from '../targets/target-kinds';
import type { TextPretrainingConfig } from '../text-pretraining/text-pretraining-config';

/** What the experiment file promises, so that a reader can check a run against it. */
export interface ExpectConfig {
  /** The command that repeats the run. */
  readonly command: string;
  /** Wall-clock minutes on the machine the promise was made on. */
  readonly minutes: number;
  /** Promised value of each metric, by metric name, for example `structure-to-spectrum/r@10`. */
  readonly scores: Readonly<Record<string, number>>;
}

/** A split that is made anew in every run from the materials alone; see `createSplit`. */
export type SplitByConfig = Exclude<SplitOptions, { readonly kind: 'time' }>;

/** Which materials are read, and from where. */
export interface DataConfig {
  /**
   * `reference`: the set inside the package (simulated phonon DOS). `jarvis-phdos`: JARVIS phonon DOS on disk. `multimat-sample`:
   * electronic DOS, charge density and text vectors on disk. `mp-crystals`: crystals with formation energy and gap on disk. `obelix`: measured
   * ionic conductivities of lithium electrolytes on disk.
   * `synthesis-recipes`: crystals with recipes as descriptions. `neu-det`, `magnetic-tile`: images with their labels as descriptions.
   * `stored`: the data set in the folder `root`, as `bravais data build` writes it.
   */
  readonly source:
    | 'reference'
    | 'jarvis-phdos'
    | 'mp-crystals'
    | 'obelix'
    | 'multimat-sample'
    | 'synthesis-recipes'
    | 'neu-det'
    | 'magnetic-tile'
    | 'stored';
  /** Folder of the data, relative to `BRAVAIS_DATA`, else to the working folder. */
  readonly root?: string;
  /** Which structure ↔ DOS joins count: `A` one known polymorph, `exact` the JARVIS cell itself. */
  readonly tier: 'A' | 'exact' | 'A+exact';
  /** Of `jarvis-phdos`: also the view `description` of tier A, from `robocrys-text` on disk. */
  readonly descriptions?: boolean;
  /** Of `jarvis-phdos`: also training spectra of which only the formula is known, without a structure. */
  readonly formulas?: boolean;
  /** Of `jarvis-phdos`: leave out materials that are in these splits of `mp-crystals`. */
  readonly exceptMp?: readonly ('train' | 'val' | 'test')[];
  /** Fold that is the test split, of a source without splits or of a split into folds. */
  readonly fold?: number;
  /** File of `bravais data split`, relative to the working folder, in place of the splits of the source. */
  readonly split?: string;
  /** A split of the materials that are read, in place of the splits of the source: held-out elements or prototypes, formulas, folds. */
  readonly splitBy?: SplitByConfig;
  /** Of `multimat-sample` all materials, whatever they lack, else those that have every view; of `obelix` all, by composition alone. */
  readonly all?: boolean;
  /** At most this many materials of each split, in file order. */
  readonly limit?: number;
  /** At most this many training materials, drawn by the seed of the config; a larger number holds the smaller draw. */
  readonly trainLimit?: number;
  /** Deals the views of training materials anew, so that nothing belongs together: what alignment must not gain from. */
  readonly shuffledPairs?: boolean;
}

/** How the periodic crystal graph is cut. */
export interface GraphConfig {
  /** Nearest neighbours kept for each atom. */
  readonly neighbors: number;
  /** Neighbours further away than this are dropped, in Å. */
  readonly cutoffAngstrom: number;
  /** Keep j → i wherever i → j is kept. */
  readonly symmetric: boolean;
  /** Features of every site from the angles between its neighbours; none where left out. */
  readonly siteFeatures?: SiteFeatureOptions;
}

/** One encoder for each modality, all into one latent space. */
export interface ModelConfig {
  /** Size of the shared latent space. */
  readonly embeddingDim: number;
  /** Left out where the model aligns other views only. */
  readonly structure?: StructureEncoderConfig;
  /** Encoders of the other views by name. An alignment loss needs two modalities, a target the one that it is predicted from. */
  readonly views: Readonly<Partial<Record<ViewName, ViewEncoderConfig>>>;
}

/** Learning rate as a multiple of `learningRate` over the run. */
export interface ScheduleConfig {
  readonly kind: 'warmup-cosine' | 'one-cycle' | 'constant';
  /** Fraction of all steps spent rising to the full rate. */
  readonly warmupFraction: number;
  /** Last rate as a fraction of the full rate. */
  readonly finalFraction: number;
}

/** AdamW (Loshchilov and Hutter, arXiv:1711.05101). */
export interface OptimConfig {
  readonly learningRate: number;
  /** Decoupled weight decay λ. */
  readonly weightDecay: number;
  /** Decay β₁ of the first and β₂ of the second moment. */
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  /** Largest global gradient norm; `null`: no clipping. */
  readonly clipNorm: number | null;
  readonly schedule: ScheduleConfig;
}

/** Length and rhythm of the run: exactly one of `steps` and `epochs` is there. */
export interface TrainingConfig {
  readonly steps?: number;
  readonly epochs?: number;
  /** Materials in a batch; also the number of candidates each contrastive term chooses from. */
  readonly batchSize: number;
  /**
   * Materials that the encoders see at a time, a divisor of `batchSize`; left out, the whole batch. Every term still chooses from the
   * whole batch: less memory, one more forward pass.
   */
  readonly microBatch?: number;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
  /** Steps between two evaluations; `null`: only after the last step. */
  readonly evaluateEvery: number | null;
  /** Steps between two lines of training metrics. */
  readonly logEvery: number;
  /** Compute the inside of the convolutions again for the gradient: less memory, more time. */
  readonly activationCheckpointing: boolean;
  /** Random changes of the views of training materials, drawn anew in every step. */
  readonly augment?: ViewAugmentations;
  /**
   * Decay δ of an exponential moving average of the parameters, p̄ ← p̄ + (1-δ_t)(p - p̄) in step t with δ_t = min(δ, (1+t)/(10+t)), so that
   * short runs forget the initial ones. Averages are what is evaluated and saved as the model; left out, the parameters themselves.
   */
  readonly ema?: number;
  /** Ends the run after so many evaluations without a better `keepBest`. */
  readonly patience?: number;
  /** Checkpoints of single steps kept beside `last` and `best`, the newest; none where left out. */
  readonly keep?: number;
  /** Metric whose best value keeps the `best` checkpoint, as `val/<name>`. */
  readonly keepBest: string;
}

/** Weights that a run starts from. */
export interface InitConfig {
  /** Folder of a run (its `best` checkpoint, else `last`) or of one checkpoint, relative to the working folder. */
  readonly checkpoint: string;
  /** Modalities whose encoders stay as they are there. */
  readonly frozen: readonly string[];
}

/** A whole experiment, every default filled in; frozen to the leaves. */
export interface ExperimentConfig {
  readonly name: string;
  readonly description?: string;
  readonly expect?: ExpectConfig;
  /** Key of every random stream in the run. */
  readonly seed: number;
  readonly data: DataConfig;
  readonly graph: GraphConfig;
  readonly model: ModelConfig;
  /** Encoders that start from another run's; what matches by modality is taken over, with its preprocessing. */
  readonly init?: InitConfig;
  /** Masked-token training of `model.views.description` on the texts of the training split, before the alignment. */
  readonly textPretraining?: TextPretrainingConfig;
  /** Left out where the experiment has targets alone. */
  readonly loss?: AlignmentLossConfig;
  /** Properties to predict, by name. */
  readonly targets?: TargetConfigs;
  readonly optim: OptimConfig;
  readonly training: TrainingConfig;
}
