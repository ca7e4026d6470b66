import { CHEMICAL_FAMILIES, type ChemicalFamily } from '../chemical-family';

/** Colours of a chart, each a CSS colour. */
export interface ChartTheme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  /** `null`: see-through. */
  readonly background: string | null;
  /** Series, in order. */
  readonly series: readonly string[];
  readonly families: Readonly<Record<ChemicalFamily, string>>;
}

interface Shades {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly surface: string;
  readonly series: readonly string[];
  readonly families: readonly string[];
}

/** Hues of Okabe and Ito, told apart with any colour vision; families in the order of {@link CHEMICAL_FAMILIES}. */
const LIGHT: Shades = {
  text: '#1c2330',
  muted: '#5b6575',
  grid: '#dfe4ec',
  surface: '#ffffff',
  series: ['#0b6cb8', '#d4570a', '#0b8f6b', '#a4488a'],
  families: ['#d4570a', '#0b8f6b', '#d69a00', '#c0568f', '#0b6cb8', '#4bb0e3', '#8a93a1'],
};
const DARK: Shades = {
  text: '#e8ecf3',
  muted: '#9aa5b6',
  grid: '#2f3847',
  surface: '#171c25',
  series: ['#5aa9f0', '#ff8b45', '#35c79c', '#dc86c4'],
  families: ['#ff8442', '#2fc093', '#f2bd3a', '#e88abb', '#5a8ff5', '#86d4fb', '#8b96a8'],
};

function themeOf(color: (name: string, index?: number) => string, background: string | null): ChartTheme {
  return {
    text: color('text'),
    muted: color('muted'),
    grid: color('grid'),
    background,
    series: LIGHT.series.map((_, index) => color('series', index)),
    families: Object.fromEntries(
      CHEMICAL_FAMILIES.map((family, index) => [family, color('families', index)]),
    ) as Record<ChemicalFamily, string>,
  };
}

/** Colours by name of a CSS property, so that one chart serves the light and the dark page. */
export const pageTheme: ChartTheme = themeOf(
  (name, index) => `var(--${name}${index === undefined ? '' : `-${index}`})`,
  null,
);

/** Fixed colours on white, for a file that stands alone. */
export const paperTheme: ChartTheme = themeOf((name, index) => {
  const shade = LIGHT[name as keyof Shades];
  return typeof shade === 'string' ? shade : shade[index!]!;
}, LIGHT.surface);

/** The CSS properties {@link pageTheme} refers to, for both colour schemes. */
export function themeCss(): string {
  const properties = (shades: Shades): string =>
    Object.entries(shades)
      .flatMap(([name, value]: [string, string | readonly string[]]) =>
        typeof value === 'string'
          ? [`--${name}:${value}`]
          : value.map((shade, index) => `--${name}-${index}:${shade}`),
      )
      .join(';');
  return `:root{color-scheme:light dark;${properties(LIGHT)}}\n@media (prefers-color-scheme:dark){:root{${properties(DARK)}}}`;
}
