// The groups' shares over time as one picture: a row a group, a column a moment.
import { byId, cssVar, innerWidthOf, setText, sizeCanvas } from './dom.js';
import { cssAt, palettes } from './palette.js';
import { count, percent } from './format.js';

const LEFT = 30;
let drawn = null;

export function renderShares(series) {
  const canvas = byId('shares-canvas');
  const rows = series?.groupShare ?? [];
  const groups = rows.length ? rows[rows.length - 1].length : 0;
  const rowHeight = groups > 32 ? 7 : 17;
  const width = Math.max(120, innerWidthOf(canvas.parentElement));
  const context = sizeCanvas(canvas, width, Math.max(40, groups * rowHeight) + 18);
  drawn = null;
  if (!groups) return;
  const columns = Math.min(rows.length, Math.floor(width - LEFT));
  const step = (width - LEFT) / columns;
  const largest = Math.max(1e-6, ...rows.flatMap(row => row));
  context.font = `11px ${cssVar('--sans')}`;
  context.textBaseline = 'middle';
  for (let g = 0; g < groups; g++) {
    context.fillStyle = cssVar('--muted');
    context.textAlign = 'right';
    if (rowHeight > 10 || g % 4 === 0) context.fillText(String(g), LEFT - 7, (g + 0.5) * rowHeight);
    for (let c = 0; c < columns; c++) {
      const share = rows[Math.floor((c * rows.length) / columns)][g] ?? 0;
      context.fillStyle = cssAt(palettes().heat, share / largest);
      context.fillRect(LEFT + c * step, g * rowHeight, Math.ceil(step), rowHeight - 1);
    }
  }
  context.fillStyle = cssVar('--muted');
  const y = groups * rowHeight + 9;
  context.textAlign = 'left';
  context.fillText(`${count(series.learned[0])} images`, LEFT, y);
  context.textAlign = 'right';
  context.fillText(count(series.learned[series.learned.length - 1]), width, y);
  drawn = { rows, columns, step, rowHeight, series };
  const resetGroups = series.revivedGroups?.[rows.length - 1];
  const atoms = series.revivedAtoms?.[rows.length - 1];
  setText(byId('shares-hint'), `share of images whose strongest group it is, up to ${percent(largest)}${resetGroups || atoms ? `; re-initialised so far: ${count(resetGroups ?? 0)} groups, ${count(atoms ?? 0)} atoms` : ''}`);
  canvas.setAttribute('aria-label', `Shares of ${groups} groups over ${rows.length} reports`);
}

export function initShares() {
  byId('shares-canvas').addEventListener('mousemove', event => {
    if (!drawn) return;
    const at = Math.floor((Math.floor((event.offsetX - LEFT) / drawn.step) * drawn.rows.length) / drawn.columns);
    const g = Math.floor(event.offsetY / drawn.rowHeight);
    const share = drawn.rows[at]?.[g];
    event.target.title = share == null ? '' : `group ${g} at ${count(drawn.series.learned[at])} images: ${percent(share, 1)}`;
  });
}
