/** A vasprun.xml of NaCl as VASP writes it, with numbers that tell where they stand. */
export interface VasprunRequest {
  /** Spins of the total: 1 or 2. */
  readonly spins: number;
  /** Spins of the projections; none where 0. */
  readonly projectedSpins?: number;
  readonly points?: number;
  readonly steps?: number;
}

/** Value of the total at a spin, energy and column (0 density, 1 integral). */
export function totalValue(spin: number, point: number, column: number): number {
  return 100 * spin + point + column / 4;
}

/** Value of a projection. */
export function projectedValue(ion: number, spin: number, point: number, orbital: number): number {
  return 1000 * ion + 100 * spin + point + orbital / 4;
}

const ORBITALS = ['s', 'py', 'pz', 'px', 'x2-y2'];

/** Writes the file; pieces that are long are joined last, so that large ones can be written too. */
export function vasprunText({ spins, projectedSpins = 0, points = 3, steps = 1 }: VasprunRequest): string {
  const calculation = (step: number): string => {
    const dos = step === steps - 1 ? dosText(spins, projectedSpins, points) : '';
    return ` <calculation>\n  <scstep>\n   <time name="total">    0.28    0.28</time>\n   <energy>\n    <i name="e_fr_energy">    -27.1 </i>\n   </energy>\n  </scstep>\n${structure(undefined, step)}  <eigenvalues>\n   <array>\n    <set>\n     <set comment="spin 1">\n      <set comment="kpoint 1">\n       <r>  -10.4   1.0 </r>\n      </set>\n     </set>\n    </set>\n   </array>\n  </eigenvalues>\n${dos} </calculation>\n`;
  };
  return [
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n <generator>\n  <i name="program" type="string">vasp </i>\n </generator>\n <incar>\n  <i type="string" name="SYSTEM"> a &lt;b&gt; &amp; c</i>\n </incar>\n',
    ' <atominfo>\n  <atoms>       2 </atoms>\n  <types>       2 </types>\n  <array name="atoms" >\n   <dimension dim="1">ion</dimension>\n   <field type="string">element</field>\n   <field type="int">atomtype</field>\n   <set>\n    <rc><c>Na</c><c>   1</c></rc>\n    <rc><c>Cl</c><c>   2</c></rc>\n   </set>\n  </array>\n  <array name="atomtypes" >\n   <set>\n    <rc><c>   1</c><c>Na</c><c>     22.9</c><c>      1.0</c><c>  PAW_PBE Na 08Apr2002</c></rc>\n   </set>\n  </array>\n </atominfo>\n',
    structure('initialpos', 0),
    ...Array.from({ length: steps }, (_, step) => calculation(step)),
    structure('finalpos', steps - 1),
    '</modeling>\n',
  ].join('');
}

function structure(name: string | undefined, step: number): string {
  const a = 4 + step;
  return ` <structure${name === undefined ? '' : ` name="${name}" `}>\n  <crystal>\n   <varray name="basis" >\n    <v>       ${a}.00000000       0.00000000       0.00000000 </v>\n    <v>       0.00000000       5.00000000       0.00000000 </v>\n    <v>       0.00000000       0.00000000       6.00000000 </v>\n   </varray>\n   <i name="volume">    ${a * 30} </i>\n   <varray name="rec_basis" >\n    <v>       0.25000000       0.00000000       0.00000000 </v>\n   </varray>\n  </crystal>\n  <varray name="positions" >\n   <v>       0.00000000       0.00000000       0.00000000 </v>\n   <v>       0.50000000       0.50000000       0.50000000 </v>\n  </varray>\n </structure>\n`;
}

function dosText(spins: number, projectedSpins: number, points: number): string {
  const set = (comment: string, rows: string): string => `<set comment="${comment}">\n${rows}</set>\n`;
  const rows = (row: (point: number) => readonly number[]): string =>
    Array.from({ length: points }, (_, point) => {
      const cells = [point - 1, ...row(point)].map((x) => x.toFixed(4).padStart(11));
      return `<r> ${cells.join('')} </r>\n`;
    }).join('');
  const total = Array.from({ length: spins }, (_, spin) =>
    set(
      `spin ${spin + 1}`,
      rows((point) => [totalValue(spin, point, 0), totalValue(spin, point, 1)]),
    ),
  );
  const ions = [0, 1].map((ion) =>
    set(
      `ion ${ion + 1}`,
      Array.from({ length: projectedSpins }, (_, spin) =>
        set(
          `spin ${spin + 1}`,
          rows((point) => ORBITALS.map((__, orbital) => projectedValue(ion, spin, point, orbital))),
        ),
      ).join(''),
    ),
  );
  const fields = ['energy', ...ORBITALS].map((field) => `<field>${field.padStart(5)}</field>\n`).join('');
  const partial = `<partial>\n<array>\n<dimension dim="1">gridpoints</dimension>\n${fields}<set>\n${ions.join('')}</set>\n</array>\n</partial>\n`;
  return `<dos>\n<i name="efermi">      0.50000000 </i>\n<total>\n<array>\n<dimension dim="1">gridpoints</dimension>\n<field>energy</field>\n<field>total</field>\n<field>integrated</field>\n<set>\n${total.join('')}</set>\n</array>\n</total>\n${projectedSpins === 0 ? '' : partial}</dos>\n`;
}
