// The page's modules that need no document, under one name.
const folder = '../../main/resources/dashboard';

export const page = Object.assign({}, ...await Promise.all(
  ['cache', 'format', 'groups', 'layout', 'measures', 'order', 'pixels'].map(name => import(`${folder}/${name}.js`))));
