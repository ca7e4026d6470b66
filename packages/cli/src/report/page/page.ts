import { version } from '../../version';
import { escapeHtml } from './escape-html';
import { pageHead } from './page-head';
import { pageStyle } from './page-style';

/** The parts of a report, each HTML except the title. */
export interface PageParts {
  readonly title: string;
  readonly lead: string;
  readonly facts: string;
  /** What the result is of, `Retrieval beside chance`. */
  readonly resultTitle: string;
  readonly result: string;
  readonly charts: string;
  readonly map: string;
  readonly examples: string;
  readonly config: string;
}

/** Gives every mark of the map its name as a tooltip; without scripts the page lacks nothing else. */
const TOOLTIPS = `for(const mark of document.querySelectorAll('.map path[aria-label]')){const title=document.createElementNS('http://www.w3.org/2000/svg','title');title.textContent=mark.getAttribute('aria-label');mark.append(title)}`;

/** One HTML file that needs nothing but itself. */
export function page(parts: PageParts): string {
  return `${pageHead(parts.title, pageStyle())}
<body>
<main>
<h1>${escapeHtml(parts.title)}</h1>
<p class="lead">${escapeHtml(parts.lead)}</p>
<section class="card">${parts.facts}</section>
<h2>${parts.resultTitle}</h2>
${parts.result}
<h2>Training and ranks</h2>
${parts.charts}
<h2>Embedding map</h2>
${parts.map}
<h2>Retrieval examples</h2>
${parts.examples}
<h2>Repeat it</h2>
${parts.config}
<footer>Made by bravais ${escapeHtml(version)}.</footer>
</main>
<script>${TOOLTIPS}</script>
</body>
</html>
`;
}
