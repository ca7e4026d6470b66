import type { HttpClient } from '@bravais/datasets/node';
import { Command } from 'commander';
import { responseCacheFolder } from '../data/data-cache-folder';
import { pageSourceOf, type SourceQuestion } from '../data/page-source';
import { addSetOptions, parsePositiveInteger, type SetOptions } from '../data/set-options';
import { untilStopped } from '../data/until-stopped';
import { writtenSetText } from '../data/written-set-text';
import { factsTable } from '../output/facts-table';
import { formatCount } from '../output/format-number';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

interface DataFetchOptions extends CommonOptions, SetOptions, SourceQuestion {
  readonly offline?: true;
  readonly cache: boolean;
  readonly interval?: number;
}

/** `bravais data fetch SOURCE`: records of an open database into a set; the only command that touches the network. */
export function dataFetchCommand(run: Run): Command {
  const command = new Command('fetch')
    .description(
      'fetch a set from a database: mp, oqmd, cod, jarvis, alexandria, … (OPTIMADE), the address of any OPTIMADE service, or materials-project (REST, key in MP_API_KEY)',
    )
    .argument('<source>', 'name or address; "providers" lists what OPTIMADE knows')
    .option('--filter <text>', 'OPTIMADE filter; for materials-project parameters such as "chemsys=Li-Fe-O"')
    .option('--property <name=property>', 'keep a property of an OPTIMADE database as this scalar', collect)
    .option('--base-url <url>', 'another address of the service')
    .option('--page-limit <n>', 'records a page', parsePositiveInteger)
    .option('--dos', 'materials-project: also each electronic density of states')
    .option('--charge-density', 'materials-project: also each charge density, and the structure it lies on')
    .option('--licence <id>', 'licence of an address that is not known by name')
    .option('--citation <text>', 'a further work to cite')
    .option('--interval <ms>', 'least time between two requests (default: 250)', parsePositiveInteger)
    .option('--offline', 'answer from the cache alone')
    .option('--no-cache', 'keep no answers (kept in XDG_CACHE_HOME, else ~/.cache, below bravais/http)');
  return addCommonOptions(addSetOptions(command), {
    out: 'folder of the set (default: data/<source>)',
    seed: 'of the random part of waiting times',
    set: 'changes nothing here',
    resume: 'changes nothing here: the same command goes on where it stopped',
    example: `bravais data fetch oqmd --filter 'elements HAS ALL "Li","O" AND nelements=2' --limit 500`,
  }).action((source: string, options: DataFetchOptions) =>
    run(options, (session) => fetchData(source, options, session)),
  );
}

async function fetchData(
  source: string,
  options: DataFetchOptions,
  session: Session,
): Promise<CommandOutcome> {
  const client = await httpClient(options, session);
  const goOn = 'Run the same command to go on.';
  if (source === 'providers') return untilStopped(session.signal, goOn, () => providers(client, options));
  const pages = await pageSourceOf(source, options);
  const out = options.out ?? `data/${pages.origin.name}`;
  await session.services.ensureWritable(out);
  const { fetchSet } = await import('@bravais/datasets/node');
  const { limit, date } = options;
  const manifest = await untilStopped(session.signal, goOn, () =>
    fetchSet(out, pages, client, {
      ...(limit === undefined ? {} : { limit }),
      ...(date === undefined ? {} : { date }),
      onPage: ({ pages: count, items, total }) =>
        session.output.talk(
          `page ${count}  ${formatCount(items)} of ${total === null ? '?' : formatCount(total)} records`,
        ),
    }),
  );
  return {
    exitCode: 0,
    text: writtenSetText(out, manifest),
    document: { ok: true, command: 'data fetch', folder: out, set: manifest },
  };
}

async function httpClient(
  { offline, cache, interval, seed }: DataFetchOptions,
  { output, signal }: Session,
): Promise<HttpClient> {
  const { HttpClient } = await import('@bravais/datasets/node');
  return new HttpClient({
    online: offline !== true,
    signal,
    ...(cache ? { cacheFolder: responseCacheFolder() } : {}),
    ...(interval === undefined ? {} : { intervalMs: interval }),
    ...(seed === undefined ? {} : { seed }),
    onHost: (host) => output.talk(`asking ${host}`),
    onRetry: ({ message }, waitMs) =>
      output.talk(`note: ${message} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
  });
}

async function providers(client: HttpClient, { baseUrl }: DataFetchOptions): Promise<CommandOutcome> {
  const { OPTIMADE_PRESETS, optimadeLinks } = await import('@bravais/datasets/node');
  const links = await optimadeLinks(client, baseUrl);
  const known = Object.entries(OPTIMADE_PRESETS).map(([id, preset]) => [id, preset.baseUrl] as const);
  const listed = links.map(({ id, name, baseUrl: url }) => [id, `${url ?? 'no service'}  ${name}`] as const);
  return {
    exitCode: 0,
    text: `known by name:\n${factsTable(known)}\n\nproviders (index; ask with --base-url for their databases):\n${factsTable(listed)}`,
    document: { ok: true, command: 'data fetch', known: Object.fromEntries(known), providers: links },
  };
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
