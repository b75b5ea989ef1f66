package org.silhouettes.job.stream;

/**
 * A report about a model, as the topics {@code activity} and {@code codes} have it.
 *
 * @param model name of the model
 * @param version updates of the dictionary so far
 * @param json the report, see docs/topics.md
 */
public record ModelReport(String model, long version, String json) {}
