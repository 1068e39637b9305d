const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const text = (x: number, y: number, words: string, more = ''): string => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escape(words)}</text>`;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** For who cannot see it. */
  readonly label: string;
  readonly parts: readonly string[];
}

/** Readable on light and on dark pages alike. */
export const svgOf = ({ width, height, label, parts }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(label)}">
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.title, .value { font-weight: 600; }
.small { font-size: 10px; fill: #57606a; }
.bar { fill: #2f6fdb; }
.whisker { stroke: #24292f; fill: none; }
.grid { stroke: #d0d7de; }
.even { stroke: #57606a; stroke-dasharray: 3 3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .small { fill: #9198a1; }
  .bar { fill: #4f8ff7; }
  .whisker { stroke: #e6edf3; }
  .grid { stroke: #30363d; }
  .even { stroke: #9198a1; }
}
</style>
${parts.join('\n')}
</svg>
`;
