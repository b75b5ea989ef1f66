/** The dashboard's settings: Kafka's address and topics, who may read the page, and the memory for the history. */
package org.silhouettes.dashboards.settings;
