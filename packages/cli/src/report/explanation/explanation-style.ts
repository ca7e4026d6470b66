import { pageStyle } from '../page/page-style';

/** Style of the page, with that of the map and the pictures. */
export function explanationStyle(): string {
  return `${pageStyle()}
.symbols{position:absolute;width:0;height:0}
.explorer{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:1rem}
@media (max-width:44rem){.explorer{grid-template-columns:1fr}}
.controls{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin:0 0 .75rem;font-size:.9rem}
.controls label{min-width:0;max-width:100%}
select{font:inherit;color:var(--text);background:var(--page);border:1px solid var(--grid);border-radius:6px;padding:.2rem .4rem;max-width:100%}
#plot{border-radius:8px;background:var(--page);touch-action:manipulation}
#plot:focus-visible,button:focus-visible,select:focus-visible{outline:3px solid var(--series-0);outline-offset:2px}
#plot circle{stroke:var(--surface);stroke-width:1.5;opacity:.85;cursor:pointer}
@media (prefers-color-scheme:dark){#plot circle{stroke:var(--muted);stroke-width:1}}
@media (max-width:44rem){#plot circle{r:14px}}
#plot circle.chosen{stroke:var(--text);stroke-width:5;opacity:1}
.bar{display:inline-block;width:8rem;height:.7rem;border-radius:4px}
#panel h4{margin:.75rem 0 .25rem;font-size:.9rem}
.card svg.structure{width:7.5rem;height:7.5rem;max-width:100%}
.card svg.structure.large,.card svg.plane{width:12rem;height:12rem;max-width:100%}
.card svg.spectrum{width:100%;height:4rem;fill:var(--series-0)}
.card svg+.facts,.card .legend+.facts,.tokens+.facts{margin-top:.75rem}
.scores th{white-space:normal}
.scores tbody th{overflow-wrap:anywhere}
.cell path{stroke:var(--muted);stroke-width:.7;fill:none}
.atoms circle{stroke:var(--text);stroke-width:.5}
.outline{fill:none;stroke:var(--text);stroke-width:1;vector-effect:non-scaling-stroke}
.near{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:0;padding:0}
.near button{font:inherit;font-size:.8rem;color:var(--text);background:var(--page);border:1px solid var(--grid);border-radius:8px;padding:.3rem;cursor:pointer}
.near svg.structure,.pictures svg.structure{width:4.5rem;height:4.5rem;margin:auto}
.pictures th,.pictures td{text-align:center;padding:.5rem}
.tokens{line-height:2}
.tokens mark{color:#1c2330;border-radius:4px;padding:.1rem .2rem;white-space:pre-wrap}`;
}
