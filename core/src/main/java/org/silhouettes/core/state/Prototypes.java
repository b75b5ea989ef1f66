package org.silhouettes.core.state;

/**
 * Prototypes of the groups' communities; never changed.
 *
 * @param values descriptors of unit norm, [groups · prototypes of a group, descriptor length]
 * @param minCosine the cosine with the nearest prototype below which an image belongs to no group
 */
@SuppressWarnings("ArrayRecordComponent")
public record Prototypes(float[] values, float minCosine) {}
