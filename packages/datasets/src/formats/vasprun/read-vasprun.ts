import { MAX_SITES } from '../../structure/create-structure';
import { DEFAULT_MAX_DOS_BYTES, DEFAULT_MAX_PROJECTED_VALUES } from '../dos/density-of-states';
import { type ByteSource, textChunks } from '../text/text-chunks';
import { XmlTokenizer } from '../xml/xml-tokenizer';
import type { VaspRun, VasprunReadOptions } from './vasp-run';
import { VasprunHandler } from './vasprun-handler';

/**
 * Structures and density of states of a vasprun.xml, read as a stream: memory is what the result takes, whatever the file's size.
 *
 * @param source text, bytes (gzip or not), or a stream of bytes
 * @throws FormatError, `DATA_TRUNCATED` where the calculation did not finish; StructureError
 * @example
 * ```ts no-run
 * const { structure, dos } = await readVasprun(createReadStream('vasprun.xml.gz'), { file: 'vasprun.xml.gz' });
 * console.log(reducedFormula(structure), dos?.fermiEv);
 * ```
 */
export async function readVasprun(source: ByteSource, options: VasprunReadOptions = {}): Promise<VaspRun> {
  const {
    file = '<input>',
    maxBytes = DEFAULT_MAX_DOS_BYTES,
    maxSites = MAX_SITES,
    projected = true,
    maxProjectedValues = DEFAULT_MAX_PROJECTED_VALUES,
  } = options;
  const handler = new VasprunHandler({ file, maxSites, projected, maxProjectedValues });
  const tokenizer = new XmlTokenizer(file, handler);
  for await (const chunk of textChunks(source, { file, maxBytes })) tokenizer.push(chunk);
  tokenizer.end();
  return handler.result();
}
