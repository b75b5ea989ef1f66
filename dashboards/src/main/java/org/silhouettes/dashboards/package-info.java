/**
 * The web dashboard: what a dictionary learns, live and at any earlier version, from Kafka's topics alone.
 *
 * <pre>
 *   dictionaries ─┐                                   ┌─ /api/live  server-sent events, latest wins
 *   activity     ─┼─► feed ─► history (bounded) ─► web ┼─ /api/…     REST, cached by version
 *   rejected     ─┤                                   └─ /          the page
 *   images       ─┘  (a small sample per class)
 * </pre>
 */
package org.silhouettes.dashboards;
