import type { OptimadePreset, PageSource } from '@bravais/datasets/node';
import { UsageError } from '../errors/cli-error';

/** What the command line says about a question to a database. */
export interface SourceQuestion {
  readonly filter?: string;
  readonly baseUrl?: string;
  readonly pageLimit?: number;
  /** `ours=theirs`. */
  readonly property?: readonly string[];
  readonly dos?: true;
  readonly chargeDensity?: true;
  readonly licence?: string;
  readonly citation?: string;
}

/** The key of a user of the Materials Project; read from the environment alone. */
const KEY_VARIABLE = 'MP_API_KEY';

/** The question to a source by its name or address. */
export async function pageSourceOf(source: string, question: SourceQuestion): Promise<PageSource> {
  return source === 'materials-project' ? materialsProject(question) : optimade(source, question);
}

async function materialsProject({
  filter,
  baseUrl,
  pageLimit,
  dos,
  chargeDensity,
  property,
}: SourceQuestion): Promise<PageSource> {
  const apiKey = process.env[KEY_VARIABLE];
  if (apiKey === undefined || apiKey === '') {
    throw new UsageError(
      `data fetch materials-project: a key in the environment variable ${KEY_VARIABLE} expected, got none. Get one at the website of the Materials Project, or fetch its structures without a key: bravais data fetch mp`,
    );
  }
  if (property !== undefined)
    throw new UsageError(
      'data fetch: --property is for OPTIMADE sources; materials-project has its own names',
    );
  const { materialsProjectSource } = await import('@bravais/datasets/node');
  return materialsProjectSource({
    apiKey,
    filters: Object.fromEntries(new URLSearchParams(filter ?? '')),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(pageLimit === undefined ? {} : { pageLimit }),
    ...(dos === undefined ? {} : { dos }),
    ...(chargeDensity === undefined ? {} : { chargeDensity }),
  });
}

async function optimade(source: string, question: SourceQuestion): Promise<PageSource> {
  const { OPTIMADE_PRESETS, optimadeSource } = await import('@bravais/datasets/node');
  if (question.dos) throw new UsageError('data fetch: --dos is for materials-project');
  if (question.chargeDensity) throw new UsageError('data fetch: --charge-density is for materials-project');
  const isAddress = /^https?:\/\//i.test(source);
  const known = Object.hasOwn(OPTIMADE_PRESETS, source) ? OPTIMADE_PRESETS[source] : undefined;
  if (known === undefined && !isAddress) {
    const names = ['materials-project', ...Object.keys(OPTIMADE_PRESETS)].join(', ');
    throw new UsageError(
      `data fetch: a source among ${names}, or the address of an OPTIMADE service expected, got ${JSON.stringify(source)}. "bravais data fetch providers" lists all providers of OPTIMADE.`,
    );
  }
  const unknown: OptimadePreset = {
    baseUrl: source,
    title: source,
    licence: 'unknown',
    citations: [],
    properties: {},
  };
  const preset = known ?? unknown;
  const { filter, pageLimit, baseUrl, licence, citation, property } = question;
  return optimadeSource({
    name: known === undefined ? new URL(source).hostname : source,
    database: {
      ...preset,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(licence === undefined ? {} : { licence }),
      citations: citation === undefined ? preset.citations : [citation, ...preset.citations],
      properties: { ...preset.properties, ...propertiesOf(property) },
    },
    ...(filter === undefined ? {} : { filter }),
    ...(pageLimit === undefined ? {} : { pageLimit }),
  });
}

function propertiesOf(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const found = /^([A-Za-z]\w*)=(\w[\w.+-]*)$/.exec(pair);
      if (found !== null) return [found[1]!, found[2]!];
      throw new UsageError(
        `data fetch: --property name=property_of_the_database expected, got ${JSON.stringify(pair)}. For example --property bandGapEv=_oqmd_band_gap`,
      );
    }),
  );
}
