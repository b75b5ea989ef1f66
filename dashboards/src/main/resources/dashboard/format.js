const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const count = n => (n == null || Number.isNaN(n) ? '–' : whole.format(n));
export const known = n => n != null && !Number.isNaN(n);
export const fixed = (n, digits) => (known(n) ? n.toFixed(digits) : '–');
export const percent = (n, digits = 0) => (known(n) ? `${(100 * n).toFixed(digits)} %` : '–');

/** Four decimals below 1, as losses are compared. */
export const loss = n => (known(n) ? n.toFixed(n < 1 ? 4 : 2) : '–');

export function bytes(n) {
  if (!known(n)) return '–';
  if (n < 1e6) return `${(n / 1e3).toFixed(0)} kB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB` : `${(n / 1e9).toFixed(1)} GB`;
}

export function duration(millis) {
  if (!known(millis) || millis < 0) return '–';
  const s = millis / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.round(s)} s`;
  if (s < 7200) return `${Math.round(s / 60)} min`;
  return s < 172800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86400)} d`;
}

export function clock(millis) {
  return known(millis) && millis > 0 ? new Date(millis).toLocaleTimeString('en-GB') : '–';
}

/** A value on an axis: thousands and millions in short, else at most six digits. */
export function tick(value) {
  if (value == null) return '';
  if (Math.abs(value) >= 1e6) return `${value / 1e6} M`;
  return Math.abs(value) >= 1e4 ? `${value / 1e3} k` : String(Number(value.toPrecision(6)));
}

/** A text of at most that many characters, an ellipsis for the rest. */
export const shorten = (text, max) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
