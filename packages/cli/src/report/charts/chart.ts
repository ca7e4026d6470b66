/** A chart and the names of its colours, which the page sets as text: Vega cannot measure text without a canvas. */
export interface Chart {
  readonly svg: string;
  /** Empty where there is one series only. */
  readonly legend: readonly { readonly label: string; readonly color: string }[];
}
