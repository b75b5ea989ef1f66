package org.silhouettes.job.stream;

/**
 * A contact sheet of a model.
 *
 * @param model name of the model
 * @param version updates of the dictionary so far
 * @param kind {@code atoms}: the atoms of a group; {@code classes}: for each class its mean image and mean reconstruction
 * @param group the group of a sheet of atoms; −1 for a sheet of classes
 * @param png the sheet
 */
@SuppressWarnings("ArrayRecordComponent")
public record Silhouette(String model, long version, String kind, int group, byte[] png) {}
