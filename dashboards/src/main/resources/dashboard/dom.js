// Small helpers for the document. Text goes in as text: no markup is ever made of data.

export const byId = id => document.getElementById(id);

/** An element with properties and children; strings become text nodes. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') node.className = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== 'string') node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child != null).map(child => (child instanceof Node ? child : String(child))));
  return node;
}

const given = new WeakMap();

/** Whether any of these values differs from those given for that object the last time. */
export function differs(object, ...values) {
  const before = given.get(object);
  if (before && values.every((value, i) => value === before[i])) return false;
  given.set(object, values);
  return true;
}

const texts = new WeakMap();
const labels = new WeakMap();

/** Sets a node's text only where it differs, so that live pages do not repaint without need; the text is set by this alone. */
export function setText(node, text) {
  if (texts.get(node) === text) return;
  texts.set(node, text);
  node.textContent = text;
}

/** The same for what is read out of a picture or a button. */
export function setLabel(node, text) {
  if (labels.get(node) === text) return;
  labels.set(node, text);
  node.setAttribute('aria-label', text);
}

/** Device pixels per CSS pixel. */
export const dpr = () => window.devicePixelRatio || 1;

/** Makes a canvas that many CSS pixels large, sharp on this screen, and returns its context in CSS pixels. */
export function sizeCanvas(canvas, width, height) {
  const ratio = dpr();
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

let variables = new Map();

/** A custom property of the theme in force; kept, since asking the browser makes it lay out the page. */
export function cssVar(name) {
  if (!variables.has(name)) variables.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return variables.get(name);
}

export function forgetTheme() {
  variables = new Map();
}

const widths = new WeakMap();
const widthObserver = new ResizeObserver(entries => {
  for (const { target, contentRect } of entries) widths.set(target, contentRect.width);
});

/** Width inside an element's padding, without a new layout of the page each time. */
export function innerWidthOf(element) {
  if (!widths.has(element)) {
    const style = getComputedStyle(element);
    widths.set(element, element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    widthObserver.observe(element);
  }
  return widths.get(element);
}

/** Runs at most once a frame: in the next one, or by now() at once, for those who are in a frame already. */
export function perFrame(task) {
  let asked = 0;
  const now = () => {
    cancelAnimationFrame(asked);
    asked = 0;
    task();
  };
  return Object.assign(() => { asked ||= requestAnimationFrame(now); }, { now });
}

const inSight = new WeakSet();
const sightObserver = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) inSight.add(target); else inSight.delete(target);
  }
});

/** Starts to follow whether an element is in the window. */
export const followSight = element => sightObserver.observe(element);
export const isInSight = element => inSight.has(element);

/** An empty panel that says the reason. */
export function emptyState(title, text, share) {
  const children = [el('strong', {}, title), text];
  if (share != null) children.push(el('br'), el('progress', { max: 1, value: share, 'aria-label': title }));
  return el('p', { class: 'empty' }, ...children);
}
