/** Encodes images with a shown version's dictionary: what a visitor tries, and a fixed sample of the stream. */
package org.silhouettes.dashboards.probe;
