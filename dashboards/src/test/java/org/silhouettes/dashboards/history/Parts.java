package org.silhouettes.dashboards.history;

import java.util.Random;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryKey;
import org.silhouettes.wire.message.DictionaryMessage;
import org.silhouettes.wire.message.ModelVersion;

/** Records of dictionaries whose atoms follow from a text. */
record Parts(DictionaryShape shape, String content) {

    /** Of that many groups and square images. */
    static Parts of(int groups, int groupSize, int side, String content) {
        return new Parts(new DictionaryShape(groups, groupSize, new ImageShape(side, side, 1)), content);
    }

    private Dictionary dictionary() {
        Random random = new Random(content.hashCode());
        float[] atoms = new float[shape.size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = 2 * random.nextFloat() - 1;
        }
        return new Dictionary(shape, atoms, 0);
    }

    String sha256() {
        return dictionary().sha256();
    }

    /** One record; its settings hash is the run. */
    DictionaryPart part(String model, String run, long version, int group, RecordPosition position, long atMillis) {
        Dictionary dictionary = dictionary();
        int side = shape.image().width();
        byte[] npy = group == DictionaryKey.MEAN
                ? Npy.encode(new float[side * side], side, side, 1)
                : Npy.encode(dictionary.group(group), shape.groupSize(), side, side, 1);
        DictionaryMessage.Whole whole = new DictionaryMessage.Whole(
                new ModelVersion(model, run, version), shape.groups(), version * 64, run, dictionary.sha256());
        return new DictionaryPart(new DictionaryMessage(whole, group, npy), position, atMillis);
    }
}
