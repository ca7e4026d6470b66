import { themeCss } from '../charts/theme';

/** Style of the page: one column on a phone, two where there is room. */
export function pageStyle(): string {
  return `${themeCss()}
:root{--page:#f4f6f9;--hit:#0b8f6b}
@media (prefers-color-scheme:dark){:root{--page:#0f1319;--hit:#35c79c}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1000px;margin:0 auto;padding:2rem 1rem 3rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.02em}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem}
h3{font-size:1rem;margin:0 0 .5rem;font-weight:600}
.lead,.note{color:var(--muted)}
.lead{margin:0 0 1.25rem}
.note{font-size:.85rem;margin:.75rem 0 0}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem}
.card{background:var(--surface);border:1px solid var(--grid);border-radius:12px;padding:1rem 1.1rem;margin:0;min-width:0}
.card+.card{margin-top:1rem}
.grid>.card+.card{margin-top:0}
.card svg{display:block;width:100%;height:auto}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1.25rem;margin:0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
.headline{margin:0 0 .75rem}
.headline strong{font-size:2rem;line-height:1;letter-spacing:-.02em;color:var(--series-0)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th{font-weight:500;text-align:left}
th,td{padding:.32rem .5rem .32rem 0;border-bottom:1px solid var(--grid);white-space:nowrap}
thead th{color:var(--muted);font-size:.8rem}
tbody tr:last-child>*{border-bottom:0}
.scores td,.scores thead th,.rank{text-align:right}
.scores td:nth-child(2){font-weight:600}
.scores td:nth-child(n+3){color:var(--muted)}
.examples tbody th{font-weight:600;padding-right:1rem}
.examples td{color:var(--muted)}
.examples th:last-child{text-align:right}
.hit{color:var(--hit);font-weight:600}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:0;margin:.6rem 0 0;font-size:.85rem}
.card>h3+.legend{margin:-.2rem 0 .4rem;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:.4rem}
.dot{width:.75rem;height:.75rem;border-radius:50%}
.glyph{color:var(--muted)}
summary{cursor:pointer;font-weight:600}
pre{overflow-x:auto;font-size:.8rem;line-height:1.45;margin:.75rem 0 0}
footer{margin-top:2.5rem;font-size:.85rem;color:var(--muted)}`;
}
